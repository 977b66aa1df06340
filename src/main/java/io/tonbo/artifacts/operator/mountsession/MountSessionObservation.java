package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;

/**
 * Everything the MountSession table looks at, gathered before it is asked. The published Secret must have been read: whoever
 * cannot read it does not ask the table, since every answer could open a session too many.
 *
 * @param deleting the object carries a deletion timestamp
 * @param abandoned the object is annotated {@code artifacts.tonbo.io/abandon: "true"}
 * @param suspended {@code spec.suspend}
 * @param namespaceTerminating the object's namespace is being deleted
 * @param workspace what the Workspace that it names is good for
 * @param workspaceTerminating that Workspace carries a deletion timestamp
 * @param otherWorkspace the published session is of another remote workspace than that Workspace has recorded now
 * @param connectionProblem why there is no usable token, or null when there is one
 * @param keysProblem why the bucket's keys and address cannot be published, or null when they can
 * @param remoteProblem why the orchestrator opens and revokes no session now: it is out, or it refused to in this pass; or
 *     what was wrong with the session that it opened in this pass, once that is revoked. Null when nothing is known against it
 * @param publishProblem why the held session could not be published in this pass, such as a metadata Redis that does not
 *     answer; null when it was not tried
 * @param target what is under the name of the Secret to publish
 * @param targetTerminating what is there, and ours, carries a deletion timestamp
 * @param claimedByOlder an older live MountSession publishes under the same name
 * @param schedule that of the published session: by the Secret's record while that is as we wrote it, else by status; null
 *     when none is known, and when it is revoked
 * @param sessions what is known of this object's sessions, in status, Secret and memory
 * @param held the session in memory that isn't published yet
 * @param reissueAsked the annotation {@code artifacts.tonbo.io/reissueRequestedAt} has a value that the Secret's record does
 *     not answer
 * @param condemned sessions that the published one replaced for a cause (reissued, lost, moved) are not revoked yet
 * @param drift how the Secret differs from what would be written today for the same session
 * @param restartsPending consumers are to be restarted for what is published, and that was not tried in this pass
 * @param restoredLately the last session was opened less than 30 s ago to restore a lost Secret
 * @param unanswered a request for a session may have taken effect whose answer was never had: it was lost, or the process
 *     that sent it is gone
 * @param bounds which waiting times of a deletion have passed
 * @param now the time, by this machine's clock
 */
public record MountSessionObservation(
        boolean deleting,
        boolean abandoned,
        boolean suspended,
        boolean namespaceTerminating,
        WorkspaceUse workspace,
        boolean workspaceTerminating,
        boolean otherWorkspace,
        ProblemType connectionProblem,
        ProblemType keysProblem,
        ProblemType remoteProblem,
        ProblemType publishProblem,
        Target target,
        boolean targetTerminating,
        boolean claimedByOlder,
        RenewalSchedule schedule,
        Sessions sessions,
        Held held,
        boolean reissueAsked,
        boolean condemned,
        Drift drift,
        boolean restartsPending,
        boolean restoredLately,
        boolean unanswered,
        Bounds bounds,
        Instant now) {

    /** What a Workspace is good for, by its status. */
    public enum WorkspaceUse {
        /** There is none of that name. */
        ABSENT,
        /** It is not active yet. */
        NOT_ACTIVE,
        /** It is active, or was when the orchestrator could last be asked. */
        ACTIVE,
        /** Its remote workspace is being deleted, is deleted or is another one now: credentials for it are void. */
        VOID
    }

    /** What is under the name of the Secret to publish. */
    public enum Target {
        /** Nothing. */
        ABSENT,
        /** Our Secret, as we wrote it. */
        INTACT,
        /** Our Secret, but its data or its record is not what we wrote. */
        CHANGED,
        /** Somebody else's Secret. */
        FOREIGN
    }

    /** This object's sessions: the published one, those before it and the one in memory. */
    public enum Sessions {
        /** There never was one that is known. */
        NONE,
        /** Each has expired or is revoked. */
        ENDED,
        /** At least one is neither expired nor revoked. */
        ALIVE
    }

    /** A session that was opened and isn't published yet. */
    public enum Held {
        /** There is none. */
        NONE,
        /** There is one, to be published. */
        FIT,
        /** There is one that must not be published: too short, in another workspace, refused by its volume, or stale. */
        UNFIT
    }

    /** How a Secret that is as we wrote it differs from what would be written today for its session. */
    public enum Drift {
        /** Not at all. */
        NONE,
        /** In labels, annotations or layout: no mount notices. */
        COSMETIC,
        /** In the bucket's keys or address: mounts go on with the old ones until they are restarted. */
        KEYS
    }

    /**
     * Waiting times of a deletion.
     *
     * @param connection 60 s without a usable token
     * @param remote 10 min of an outage
     */
    public record Bounds(boolean connection, boolean remote) {
        /** Nothing has passed yet. */
        public static final Bounds FRESH = new Bounds(false, false);
    }

    /**
     * Whether a Pod that reads the Secret now gets a credential that works: what condition Ready says.
     *
     * @return whether the published credential is valid
     */
    public boolean usable() {
        return target == Target.INTACT
                && schedule != null
                && !schedule.expired(now)
                && !otherWorkspace
                && workspace != WorkspaceUse.VOID;
    }

    /** Usable, and there to stay: what can be renewed rather than issued. */
    boolean live() {
        return usable() && !targetTerminating;
    }

    /** A new session is to be opened before this one ends. */
    boolean due() {
        return schedule != null && schedule.due(now);
    }

    /** Our Secret is there and not being deleted. */
    boolean publishedByUs() {
        return (target == Target.INTACT || target == Target.CHANGED) && !targetTerminating;
    }

    /** A session was published, has not ended, and its Secret is gone or changed. */
    boolean lost() {
        return schedule != null && !schedule.expired(now) && (target == Target.ABSENT || target == Target.CHANGED);
    }

    /** Why no session can be opened or revoked; null when one can. */
    ProblemType callProblem() {
        return connectionProblem != null ? connectionProblem : remoteProblem;
    }

    /** What is in the way of a new credential, in the order in which it is worth mending; null when nothing is. */
    ProblemType obstacle() {
        if (workspace == WorkspaceUse.ABSENT) {
            return ProblemType.WORKSPACE_ABSENT;
        }
        if (workspace != WorkspaceUse.ACTIVE) {
            return ProblemType.WORKSPACE_NOT_READY;
        }
        boolean opened = held == Held.FIT;
        if (!opened && connectionProblem != null) {
            return connectionProblem;
        }
        if (keysProblem != null) {
            return keysProblem;
        }
        return opened ? publishProblem : remoteProblem;
    }
}
