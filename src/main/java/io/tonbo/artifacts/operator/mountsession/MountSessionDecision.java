package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;

/**
 * What to do next about one MountSession, and what its conditions may say meanwhile.
 *
 * @param row the row of the table that decided, such as {@code M12}; appears in logs and tests
 * @param action what to do
 * @param verdict what conditions Ready and Renewed say if the pass ends here
 * @param lookBy look again no later than this, because time alone changes something then; null when it changes nothing
 */
public record MountSessionDecision(String row, Action action, Verdict verdict, Instant lookBy) {

    /** One step. */
    public sealed interface Action {}

    /**
     * Remove the finalizer; nothing more is done remotely.
     *
     * @param farewell what the closing event says
     */
    public record Release(Farewell farewell) implements Action {}

    /**
     * Say what is wrong and try again as the catalogue has it.
     *
     * @param type the catalogue's row
     */
    public record Fail(ProblemType type) implements Action {}

    /**
     * Revoke sessions. The orchestrator's 404 means that one is revoked already.
     *
     * @param which which of this object's
     */
    public record Revoke(Which which) implements Action {}

    /**
     * Delete the published Secret, by its uid. If the API server won't, its owner reference will: the deletion goes on.
     */
    public record DeleteSecret() implements Action {}

    /**
     * Open a session. Then ask again: it is in memory, fit or not.
     *
     * @param reason why
     */
    public record Issue(IssueReason reason) implements Action {}

    /** See that the session in memory opens the volume that is recorded, then write the Secret. */
    public record PublishFromMemory() implements Action {}

    /**
     * Write the Secret anew for the same session.
     *
     * @param restart whether consumers are to be restarted for it
     */
    public record RewriteSecret(boolean restart) implements Action {}

    /** Restart the consumers that are named for it. */
    public record RestartConsumers() implements Action {}

    /** A Secret was restored less than 30 s ago and is gone or changed again: wait. */
    public record WaitToRestore() implements Action {}

    /** Suspended: say so, make no call. */
    public record StandBy() implements Action {}

    /** All is well; write nothing that the status says already. */
    public record StayReady() implements Action {}

    /** Which sessions to revoke. */
    public enum Which {
        /** All of this object's: the published one, those before it, the one in memory. */
        ALL,
        /** Those that the published one replaced for a cause. */
        REPLACED,
        /** The one in memory, which will not be published. */
        HELD
    }

    /** Why a session is opened. */
    public enum IssueReason {
        /** There was none. */
        FIRST,
        /** The published one is to be renewed; it lives on until it expires. */
        DUE,
        /** The published one has expired. */
        EXPIRED,
        /** Asked for, because the credential leaked; the old one is revoked. */
        REISSUE,
        /** The Secret is gone or changed; the old one is revoked. */
        LOST,
        /** The Workspace is another remote workspace now; the old one is revoked. */
        MOVED,
        /** The object is being deleted: asked again under the old key, to learn what an unanswered request opened. */
        UNANSWERED;

        /**
         * @return whether the sessions before it are revoked once it is published, rather than left to expire
         */
        public boolean replacesForCause() {
            return this == REISSUE || this == LOST || this == MOVED;
        }
    }

    /** What the event says that closes a deletion. */
    public enum Farewell {
        /** The annotation {@code artifacts.tonbo.io/abandon} let go; sessions live on until they expire. */
        ABANDONED,
        /** There was no session. */
        NO_SESSION,
        /** Every session is revoked or has expired. */
        ENDED,
        /** There was no way to revoke in the time that a deletion may take; access ends when the sessions expire. */
        LEFT_TO_EXPIRE
    }
}
