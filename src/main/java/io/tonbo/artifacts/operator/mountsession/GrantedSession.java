package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A session that was opened and isn't published yet: kept in memory until it is published or revoked, because it can be
 * listed nowhere.
 *
 * @param session what the orchestrator granted
 * @param issuedAt when it was asked for (before the request was sent), by the orchestrator's clock; whole seconds,
 *     rounded down
 * @param requestedSeconds {@code spec.ttlSeconds} then
 * @param reason why it was asked for
 */
record GrantedSession(OpenedSession session, Instant issuedAt, long requestedSeconds, IssueReason reason) {
    GrantedSession {
        issuedAt = SessionRecord.wholeSecond(issuedAt);
    }

    /** What it is worth. */
    enum Fitness {
        /** To be published. */
        FIT(null),
        /** Opened in another workspace than the one that is recorded: the name has changed hands. */
        OTHER_WORKSPACE(ProblemType.WORKSPACE_REPLACED),
        /** Granted for less than 60 s. */
        TOO_SHORT(ProblemType.SESSION_TOO_SHORT),
        /**
         * It would have to be renewed as soon as it was published: a replayed answer, or it was held for long. The next one
         * is asked for at once; if that is stale too, it is a fault as {@code TOO_SHORT} is, not a loop.
         */
        STALE(null);

        private final ProblemType problem;

        Fitness(ProblemType problem) {
            this.problem = problem;
        }

        /**
         * @return what is in the way of asking for another one at once; null when nothing is
         */
        ProblemType problem() {
            return problem;
        }
    }

    /**
     * @param volumeName the Workspace's recorded volume
     * @param keyPrefix the Workspace's recorded key prefix; null counts as empty
     * @param uid uid of the MountSession
     * @param serverAhead how far the orchestrator's clock is ahead of this machine's
     * @param now the time
     * @return whether to publish it; whatever is not {@code FIT} is to be revoked
     */
    Fitness fitness(String volumeName, String keyPrefix, String uid, Duration serverAhead, Instant now) {
        boolean sameVolume = Objects.equals(session.volumeName(), volumeName)
                && orEmpty(session.keyPrefix()).equals(orEmpty(keyPrefix));
        if (!sameVolume) {
            return Fitness.OTHER_WORKSPACE;
        }
        RenewalSchedule schedule =
                RenewalSchedule.of(issuedAt, SessionRecord.wholeSecond(session.expiresAt()), uid, serverAhead);
        if (schedule.tooShort()) {
            return Fitness.TOO_SHORT;
        }
        return schedule.due(now) ? Fitness.STALE : Fitness.FIT;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /**
     * @param uid uid of the MountSession
     * @param workspaceId the Workspace's recorded id
     * @param data what is published with it
     * @param reissue the request for a new session that it answers; empty for none
     * @param revokes ids of sessions that it replaces and that must not live on
     * @param publishedAt the time, by the operator's clock
     * @return the record to publish
     */
    SessionRecord record(
            String uid,
            String workspaceId,
            PublishedCredential data,
            String reissue,
            List<String> revokes,
            Instant publishedAt) {
        return new SessionRecord(
                session.id(),
                issuedAt,
                session.expiresAt(),
                uid,
                SessionRecord.hash(data.data()),
                workspaceId,
                requestedSeconds,
                reissue,
                revokes,
                publishedAt,
                0,
                "",
                "");
    }
}
