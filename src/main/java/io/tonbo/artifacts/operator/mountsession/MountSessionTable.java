package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_IN_USE;
import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_TERMINATING;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_ABSENT;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_READY;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NO_LONGER_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_TERMINATING;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Action;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.DeleteSecret;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Fail;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Farewell;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Issue;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.PublishFromMemory;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Release;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.RestartConsumers;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Revoke;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.RewriteSecret;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.StandBy;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.StayReady;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.WaitToRestore;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Which;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Sessions;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;

/**
 * The MountSession table: what to do in every state. First match wins; the rows stand in their order, under the names that
 * the design page uses. Pure and total: every observation has exactly one decision.
 */
public final class MountSessionTable {
    private final MountSessionObservation o;

    private MountSessionTable(MountSessionObservation o) {
        this.o = o;
    }

    /**
     * @param o what is
     * @return what to do next; never null
     */
    public static MountSessionDecision decide(MountSessionObservation o) {
        MountSessionTable table = new MountSessionTable(o);
        return o.deleting() ? table.leave() : table.stay();
    }

    /** Rows M1 to M5: the object is being deleted. */
    private MountSessionDecision leave() {
        if (o.abandoned()) {
            return row("M1", new Release(Farewell.ABANDONED));
        }
        if (o.unanswered() && o.held() == Held.NONE) {
            if (o.callProblem() == null) {
                return row("M2a", new Issue(IssueReason.UNANSWERED));
            }
            if (o.sessions() != Sessions.ALIVE && !waitedForAnswer()) {
                return fail("M2a", o.callProblem());
            }
        }
        if (o.sessions() == Sessions.NONE) {
            return row("M2", goneBut(Farewell.NO_SESSION));
        }
        if (o.sessions() == Sessions.ENDED) {
            return row("M3", goneBut(Farewell.ENDED));
        }
        if (o.callProblem() == null) {
            return row("M3", new Revoke(Which.ALL));
        }
        boolean outage = o.connectionProblem() == null;
        if (outage) {
            boolean letGo = o.namespaceTerminating() && o.bounds().remote();
            return row("M4", letGo ? new Release(Farewell.LEFT_TO_EXPIRE) : new Fail(o.remoteProblem()));
        }
        boolean letGo = o.namespaceTerminating() || o.bounds().connection();
        return row("M5", letGo ? new Release(Farewell.LEFT_TO_EXPIRE) : new Fail(o.connectionProblem()));
    }

    /** When such a session ends is not known, so this wait has a bound of its own. */
    private boolean waitedForAnswer() {
        if (o.connectionProblem() == null) {
            return o.bounds().remote();
        }
        return o.namespaceTerminating() || o.bounds().connection();
    }

    /** The Secret goes first: an orphaning deletion would leave it. */
    private Action goneBut(Farewell farewell) {
        return o.publishedByUs() ? new DeleteSecret() : new Release(farewell);
    }

    /** Rows M6 to M22: the object is wanted. */
    private MountSessionDecision stay() {
        if (o.workspace() == WorkspaceUse.VOID) {
            return withdraw("M6", WORKSPACE_NO_LONGER_ACTIVE);
        }
        if (o.suspended()) {
            return row("M7", new StandBy());
        }
        return o.live() ? live() : unpublished();
    }

    /** Rows M8 to M13: the published credential is valid. */
    private MountSessionDecision live() {
        ProblemType obstacle = o.obstacle();
        boolean wanted = o.due() || o.reissueAsked();
        boolean renewable = wanted && obstacle == null;
        if (renewable && o.reissueAsked()) {
            return row("M8", obtain(IssueReason.REISSUE));
        }
        // Where revoking keeps failing, the renewal must not wait for it.
        if (o.condemned() && o.callProblem() == null && !renewable) {
            return row("M8", o.restartsPending() ? new RestartConsumers() : new Revoke(Which.REPLACED));
        }
        if (o.drift() == Drift.KEYS && o.keysProblem() == null) {
            return rewrite(true);
        }
        boolean blocked = (wanted || o.condemned()) && !renewable;
        if (blocked && o.restartsPending()) {
            // They need nobody but the API server, and the old credential is running out.
            return row("M11", new RestartConsumers());
        }
        if (blocked) {
            return fail("M11", wanted ? obstacle : o.callProblem());
        }
        if (renewable) {
            return row("M12", obtain(IssueReason.DUE));
        }
        return o.drift() == Drift.COSMETIC ? rewrite(false) : settled();
    }

    private MountSessionDecision rewrite(boolean keys) {
        return o.publishProblem() == null ? row("M9", new RewriteSecret(keys)) : fail("M9", o.publishProblem());
    }

    private MountSessionDecision settled() {
        if (o.held() != Held.NONE && o.callProblem() == null) {
            return row("M13", new Revoke(Which.HELD));
        }
        return row("M13", o.restartsPending() ? new RestartConsumers() : new StayReady());
    }

    /** Rows M14 to M22: there is no published credential that is valid and there to stay. */
    private MountSessionDecision unpublished() {
        if (o.target() == Target.FOREIGN || (o.target() == Target.ABSENT && o.claimedByOlder())) {
            return withdraw("M14", MOUNT_TARGET_IN_USE);
        }
        if (o.targetTerminating() && o.target() != Target.ABSENT) {
            return fail("M15", MOUNT_TARGET_TERMINATING);
        }
        if (o.workspace() == WorkspaceUse.ABSENT) {
            return withdraw("M17", WORKSPACE_ABSENT);
        }
        if (o.workspace() == WorkspaceUse.NOT_ACTIVE) {
            return withdraw("M17", WORKSPACE_NOT_READY);
        }
        if (o.workspaceTerminating()) {
            return withdraw("M17", WORKSPACE_TERMINATING);
        }
        // A session outlives the token that opened it: one in memory needs no connection to be published.
        if (o.held() != Held.FIT && o.connectionProblem() != null) {
            return fail("M18", o.connectionProblem());
        }
        if (o.keysProblem() != null) {
            return fail("M19", o.keysProblem());
        }
        ProblemType obstacle = o.obstacle();
        if (obstacle != null) {
            return fail("M20", obstacle);
        }
        if (o.remoteProblem() != null) {
            return row("M20", new PublishFromMemory());
        }
        if (o.lost()) {
            boolean wait = o.restoredLately() && o.held() == Held.NONE;
            return row("M21", wait ? new WaitToRestore() : obtain(IssueReason.LOST));
        }
        return row("M22", obtain(beginning()));
    }

    private IssueReason beginning() {
        if (o.schedule() == null) {
            return IssueReason.FIRST;
        }
        return o.schedule().expired(o.now()) ? IssueReason.EXPIRED : IssueReason.MOVED;
    }

    /** A new session, unless one is in memory: that is published, or revoked before another one is opened. */
    private Action obtain(IssueReason reason) {
        return switch (o.held()) {
            case FIT -> new PublishFromMemory();
            case UNFIT -> new Revoke(Which.HELD);
            case NONE -> new Issue(reason);
        };
    }

    /** A session in memory that has nowhere to go is not left to live on. */
    private MountSessionDecision withdraw(String row, ProblemType type) {
        boolean revocable = o.held() != Held.NONE && o.callProblem() == null;
        return revocable ? row(row, new Revoke(Which.HELD)) : fail(row, type);
    }

    private MountSessionDecision fail(String row, ProblemType type) {
        return row(row, new Fail(type));
    }

    private MountSessionDecision row(String row, Action action) {
        return new MountSessionDecision(row, action, Verdict.of(o, action), lookBy(action));
    }

    /** Ready turns False when the credential ends, whether or not anything can be done about it. */
    private Instant lookBy(Action action) {
        if (!o.usable()) {
            return null;
        }
        return action instanceof StayReady
                ? o.schedule().next(o.now())
                : o.schedule().expiresAt();
    }
}
