package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Bounds;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * From what was gathered to what the MountSession table looks at. Pure.
 *
 * @param timings the waiting times
 * @param serverAhead how far the orchestrator's clock is ahead of this machine's, as far as this process knows; null when it
 *     has had no answer yet
 * @param started when this process started
 */
record SessionObserver(Timings timings, Duration serverAhead, Instant started) {
    /** Less is the time that an answer takes and the second that its date is cut to. */
    private static final Duration NOISE = Duration.ofSeconds(2);

    /**
     * What Kubernetes says besides the object itself, its Workspace and its Secret.
     *
     * @param namespaceTerminating whether the namespace is being deleted
     * @param claimedByOlder whether an older live MountSession publishes under the same name
     */
    record Cluster(boolean namespaceTerminating, boolean claimedByOlder) {}

    /**
     * How far the orchestrator's clock is ahead. A process that has had no answer yet takes it from the renewal time that the
     * one before it wrote down by its own clock: judged by a wrong clock, sessions would be renewed at once, or too late.
     */
    Duration ahead(SessionView view, SessionRecord record) {
        if (serverAhead != null) {
            return withoutNoise(serverAhead);
        }
        MountSessionStatus status = view.status();
        boolean copied = record != null
                && status.getRenewAt() != null
                && record.sessionId().equals(status.getSessionId());
        if (!copied) {
            return Duration.ZERO;
        }
        Instant byTheirs = RenewalSchedule.of(record.issuedAt(), record.expiresAt(), view.uid(), Duration.ZERO)
                .renewAt();
        return withoutNoise(Duration.between(status.getRenewAt(), byTheirs));
    }

    private static Duration withoutNoise(Duration ahead) {
        return ahead.abs().compareTo(NOISE) < 0 ? Duration.ZERO : ahead;
    }

    /** The record of the Secret, if that is as the operator wrote it; else null. */
    static SessionRecord record(SessionView view, SessionFindings found, SessionMemory memory) {
        return target(view, found, memory) == Target.INTACT ? found.record() : null;
    }

    /**
     * What is under the name of the Secret. Its data may be as its record says and the record all the same be forged, to have
     * another's session revoked, say: status, which is beyond the reach of who writes Secrets, has to know the session; or
     * else the record must bear the seal.
     */
    static Target target(SessionView view, SessionFindings found, SessionMemory memory) {
        if (found.target() != Target.INTACT) {
            return found.target();
        }
        SessionRecord record = found.record();
        boolean ours = record.sessionId().equals(view.status().getSessionId())
                || memory.hasPublished(record.sessionId())
                || record.isSealedBy(found.token);
        return ours ? Target.INTACT : Target.CHANGED;
    }

    MountSessionObservation observe(
            SessionView view,
            ServedWorkspace workspace,
            SessionMemory memory,
            SessionFindings found,
            Cluster cluster,
            Instant now) {
        boolean ofThoseBefore = view.deleting() && memory.mayOweAnAnswer();
        // Of a Workspace that is gone nothing can be asked, and its sessions ended with it.
        boolean askable = memory.use(workspace, now) == WorkspaceUse.ACTIVE;
        return facts(view, workspace, memory, found, cluster, now, askable && (memory.isReplyLost() || ofThoseBefore));
    }

    /**
     * A process that ends leaves nothing to tell whether it had sent a request for a session: had it a reason to? What would
     * be in the way of one now, such as an outage or absent keys, need not have been then.
     *
     * @return whether the process before this one may have sent a request that this one knows no answer to
     */
    boolean mayHaveBeenAsked(
            SessionView view,
            ServedWorkspace workspace,
            SessionMemory memory,
            SessionFindings found,
            Cluster cluster,
            Instant now) {
        if (!memory.mayOweAnAnswer() || view.created().isAfter(started.plus(NOISE))) {
            return false;
        }
        MountSessionObservation wanted = facts(view, workspace, memory, found, cluster, now, false);
        boolean servable = wanted.workspace() == WorkspaceUse.ACTIVE && !workspace.terminatingBefore(view.created());
        boolean taken =
                wanted.target() == Target.FOREIGN || (wanted.target() == Target.ABSENT && wanted.claimedByOlder());
        return servable && !taken && (!wanted.live() || wanted.due() || wanted.reissueAsked());
    }

    private MountSessionObservation facts(
            SessionView view,
            ServedWorkspace workspace,
            SessionMemory memory,
            SessionFindings found,
            Cluster cluster,
            Instant now,
            boolean unanswered) {
        PublishedSecret secret = found.content();
        Target target = target(view, found, memory);
        SessionRecord record = record(view, found, memory);
        boolean intact = target == Target.INTACT;
        Duration ahead = ahead(view, record);
        Instant serverNow = now.plus(ahead);
        KnownSessions sessions = KnownSessions.of(view.status(), record, memory);
        return new MountSessionObservation(
                view.deleting(),
                view.abandoned(),
                view.spec().suspended(),
                cluster.namespaceTerminating(),
                memory.use(workspace, now),
                workspace.terminating(),
                intact
                        && !Objects.requireNonNullElse(workspace.id(), record.workspaceId())
                                .equals(record.workspaceId()),
                type(found.connectionProblem),
                type(found.keysProblem),
                type(found.remoteProblem),
                type(found.publishProblem),
                target,
                secret != null && (secret.terminating() || found.deleteRefused),
                cluster.claimedByOlder(),
                schedule(view, intact ? record : null, memory, ahead),
                sessions.state(serverNow),
                held(view, workspace, memory, ahead, now),
                intact
                        && !view.reissueRequest().isEmpty()
                        && !view.reissueRequest().equals(record.reissue()),
                !sessions.toRevoke(serverNow).isEmpty(),
                intact && !found.rewritten ? drift(view, found, secret) : Drift.NONE,
                intact && found.restarts == null && restartsPending(view, found, record),
                Duration.between(memory.restoredAt(), now).compareTo(timings.betweenRestorations()) < 0,
                unanswered,
                bounds(view, memory, found, now),
                now);
    }

    private static ProblemType type(Problem problem) {
        return problem == null ? null : problem.type();
    }

    private static RenewalSchedule schedule(
            SessionView view, SessionRecord record, SessionMemory memory, Duration ahead) {
        if (record != null) {
            if (memory.revoked().contains(record.sessionId())) {
                return null;
            }
            RenewalSchedule schedule = RenewalSchedule.of(record, view.spec().getTtlSeconds(), view.uid(), ahead);
            // What is known of the orchestrator's clock may move the moment by a second just after it.
            boolean opened = memory.held() != null && memory.held().reason() == IssueReason.DUE;
            return opened ? schedule.dueAtOnce() : schedule;
        }
        MountSessionStatus status = view.status();
        boolean known = status.getSessionId() != null
                && status.getIssuedAt() != null
                && status.getExpiresAt() != null
                && !memory.revoked().contains(status.getSessionId());
        return known ? RenewalSchedule.of(status.getIssuedAt(), status.getExpiresAt(), view.uid(), ahead) : null;
    }

    private static Held held(
            SessionView view, ServedWorkspace workspace, SessionMemory memory, Duration ahead, Instant now) {
        if (memory.held() == null) {
            return Held.NONE;
        }
        boolean fit = !memory.isUnfit()
                && memory.held().fitness(workspace.volumeName(), workspace.keyPrefix(), view.uid(), ahead, now)
                        == GrantedSession.Fitness.FIT;
        return fit ? Held.FIT : Held.UNFIT;
    }

    private static Drift drift(SessionView view, SessionFindings found, PublishedSecret secret) {
        Drift drift = Drift.NONE;
        if (found.keys != null && found.address != null) {
            drift = PublishedCredential.rewritten(secret.data(), found.address, found.keys)
                    .driftOf(secret.data());
        }
        boolean undressed = !SecretManifest.dressed(found.secret(), view.object());
        return drift == Drift.NONE && undressed ? Drift.COSMETIC : drift;
    }

    /**
     * What was published first restarts nobody: Pods wait for the Secret before they start. Where status knows of no session,
     * it is taken for the first one, until a look at the Pods says otherwise.
     */
    private static boolean restartsPending(SessionView view, SessionFindings found, SessionRecord record) {
        return !view.spec().getRolloutRestartTargets().isEmpty()
                && !found.first
                && view.status().getSessionId() != null
                && !record.stamp().equals(view.status().getRestartedFor());
    }

    /** For how long the deletion has waited; what failed before it does not count. */
    private Bounds bounds(SessionView view, SessionMemory memory, SessionFindings found, Instant now) {
        Duration deleting = view.deleting() ? Duration.between(view.deletionRequested(), now) : Duration.ZERO;
        return new Bounds(
                isOver(timings.sessionDeletionWithoutConnection(), deleting, SessionOperation.CONNECT, memory, now),
                isOver(timings.deletionInOutage(), deleting, found.remoteOperation, memory, now));
    }

    private static boolean isOver(
            Duration bound, Duration deleting, SessionOperation operation, SessionMemory memory, Instant now) {
        Duration failing = memory.failures().age(operation.name(), now);
        return failing.compareTo(bound) >= 0 && deleting.compareTo(bound) >= 0;
    }
}
