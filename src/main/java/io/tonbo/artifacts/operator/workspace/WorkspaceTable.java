package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.ADOPTION_UNPROVEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_SECRET_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_BLOCKED;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_KEEPS_FAILING;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_STATE_UNKNOWN;
import static io.tonbo.artifacts.operator.problem.ProblemType.IN_USE;
import static io.tonbo.artifacts.operator.problem.ProblemType.STORAGE_MISMATCH;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_STATE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_DELETING;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS_STORAGE_DIFFERS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_GONE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_HELD_BY_ANOTHER;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_REPLACED;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_STATE_UNEXPECTED;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Action;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.BeReady;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.CheckHolders;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Confirm;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.ConfirmFormat;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.DeleteRemote;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Fail;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Farewell;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Format;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.KeepAsItIs;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.ProveAdoption;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.ReadBucketUuid;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.ReadSetting;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.RecordWorkspace;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Release;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Reserve;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.StandBy;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.WaitOutReserve;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Yield;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;

/**
 * The Workspace table: what to do in every state. First match wins; the rows stand in their order, under the names that
 * the design page uses. Pure and total: every observation has exactly one decision.
 */
public final class WorkspaceTable {
    private WorkspaceTable() {}

    /**
     * @param o what is
     * @return what to do next; never null
     */
    public static WorkspaceDecision decide(WorkspaceObservation o) {
        return o.deleting() ? leave(o) : live(o);
    }

    /** Rows W1 to W12: the object is being deleted. */
    private static WorkspaceDecision leave(WorkspaceObservation o) {
        boolean recorded = o.record() != Recorded.NONE;
        if (o.abandoned()) {
            return row("W1", new Release(Farewell.ABANDONED));
        }
        if (!o.sessions().isEmpty()) {
            return row("W2", new Fail(IN_USE));
        }
        if (o.retain() && o.record() == Recorded.ACTIVE) {
            return row("W3", new Release(Farewell.RETAINED));
        }
        if (o.connectionProblem() != null) {
            return row("W4", leaveWithoutConnection(o));
        }
        if (o.remote() == Remote.NOT_OBSERVED) {
            return row("W5", leaveInOutage(o));
        }
        if (o.remote().gone()) {
            return row("W6", leaveNothing(o));
        }
        if (recorded && !o.sameId()) {
            return row("W7", new Release(Farewell.REPLACED));
        }
        if (o.remote() == Remote.UNKNOWN) {
            return row("W8", new Fail(DELETION_STATE_UNKNOWN));
        }
        if (o.remote() == Remote.DELETING) {
            return row(
                    "W9",
                    recorded && !o.bounds().remote()
                            ? new Fail(WORKSPACE_DELETING)
                            : new Release(recorded ? Farewell.LEFT_BEHIND : Farewell.GONE));
        }
        return recorded ? leaveRecorded(o) : leaveUnrecorded(o);
    }

    private static Action leaveWithoutConnection(WorkspaceObservation o) {
        // Without a record there is at most an empty reservation, which no policy is worth waiting for.
        boolean mayLetGo = o.retain() || o.record() == Recorded.NONE;
        if (o.namespaceTerminating() || (mayLetGo && o.bounds().connection())) {
            return new Release(Farewell.LEFT_BEHIND);
        }
        return new Fail(mayLetGo ? o.connectionProblem() : DELETION_BLOCKED);
    }

    private static Action leaveInOutage(WorkspaceObservation o) {
        if (!o.bounds().remote()) {
            return new Fail(o.remoteProblem());
        }
        boolean mayLetGo = o.retain() || o.namespaceTerminating() || o.record() == Recorded.NONE;
        return mayLetGo ? new Release(Farewell.LEFT_BEHIND) : new Fail(DELETION_KEEPS_FAILING);
    }

    private static Action leaveNothing(WorkspaceObservation o) {
        if (!o.negativeConfirmed()) {
            return new Confirm();
        }
        boolean mayStillAppear = o.record() == Recorded.NONE && o.reserveInFlight();
        return mayStillAppear ? new WaitOutReserve() : new Release(Farewell.GONE);
    }

    /** Recorded, same id, pending or active. */
    private static WorkspaceDecision leaveRecorded(WorkspaceObservation o) {
        if (o.remote() == Remote.PENDING) {
            return switch (o.setting()) {
                case UNKNOWN -> row("W10", new ReadSetting());
                case ABSENT, OURS -> row("W10", new DeleteRemote(o.setting() == Setting.ABSENT));
                case FOREIGN -> row("W12", new Release(Farewell.NOT_OURS));
                case UNREADABLE -> row("W10", leaveInOutage(o));
            };
        }
        // A record that was never seen active (a claim whose confirm was lost) may have been taken over meanwhile.
        boolean anothers = o.rival() && (o.record() == Recorded.PENDING || !o.keepsSharedId());
        if (anothers) {
            return row("W12", new Release(Farewell.HELD_BY_ANOTHER));
        }
        return o.retain() ? row("W12", new Release(Farewell.RETAINED)) : row("W10", new DeleteRemote(false));
    }

    /** Nothing recorded; something pending or active has our name. */
    private static WorkspaceDecision leaveUnrecorded(WorkspaceObservation o) {
        if (o.rival()) {
            return row("W12", new Release(Farewell.NOT_OURS));
        }
        boolean worthAsking = o.remote() == Remote.PENDING || !o.retain();
        if (worthAsking && o.mine() == Known.UNKNOWN) {
            return row("W11", new ReadBucketUuid());
        }
        if (worthAsking && o.mine() == Known.YES) {
            return row("W11", new DeleteRemote(false));
        }
        if (o.remote() == Remote.PENDING && o.young()) {
            return switch (o.setting()) {
                case UNKNOWN -> row("W11", new ReadSetting());
                case ABSENT, OURS -> row("W11", new DeleteRemote(o.setting() == Setting.ABSENT));
                case FOREIGN -> row("W12", new Release(Farewell.NOT_OURS));
                case UNREADABLE -> row("W11", leaveInOutage(o));
            };
        }
        return row("W12", new Release(Farewell.NOT_OURS));
    }

    /** Rows W13 to W34: the object is wanted. */
    private static WorkspaceDecision live(WorkspaceObservation o) {
        if (o.suspended()) {
            return row("W13", new StandBy());
        }
        if (o.connectionProblem() != null) {
            return row(
                    o.connectionProblem() == CONNECTION_SECRET_MISSING ? "W14" : "W15",
                    new Fail(o.connectionProblem()));
        }
        if (o.remote() == Remote.NOT_OBSERVED) {
            return o.record() == Recorded.ACTIVE
                    ? row("W16", new KeepAsItIs())
                    : row("W17", new Fail(o.remoteProblem()));
        }
        if (o.remote() == Remote.UNKNOWN) {
            return fail("W18", UNKNOWN_STATE);
        }
        if (o.record() != Recorded.NONE && !o.remote().gone() && !o.sameId()) {
            return o.negativeConfirmed() ? fail("W19", WORKSPACE_REPLACED) : row("W19", new Confirm());
        }
        if (o.record() == Recorded.ACTIVE && (o.remote().gone() || o.remote() == Remote.DELETING)) {
            return o.negativeConfirmed() ? fail("W20", WORKSPACE_GONE) : row("W20", new Confirm());
        }
        if (o.remote() == Remote.DELETING) {
            return fail("W21", WORKSPACE_DELETING);
        }
        if (o.remote().gone()) {
            return row("W22", new Reserve());
        }
        boolean held = o.rival() || (o.record() == Recorded.PENDING && o.sole() == Known.NO);
        if (held && o.record() != Recorded.ACTIVE) {
            return row("W23", new Yield());
        }
        return o.record() == Recorded.NONE ? unrecorded(o) : recorded(o);
    }

    /** Rows W24 to W28: recorded, same id, pending or active. */
    private static WorkspaceDecision recorded(WorkspaceObservation o) {
        boolean pending = o.remote() == Remote.PENDING;
        if (o.record() == Recorded.PENDING && pending && o.storageDiffers()) {
            return otherStorage(o, "W24");
        }
        if (!pending && o.storageDiffers()) {
            return fail("W25", STORAGE_MISMATCH);
        }
        if (!pending) {
            return beReady(o);
        }
        if (o.record() == Recorded.ACTIVE) {
            return switch (o.setting()) {
                case UNKNOWN -> row("W27", new ReadSetting());
                case OURS -> row("W27", new ConfirmFormat());
                case ABSENT, FOREIGN -> fail("W27", WORKSPACE_STATE_UNEXPECTED);
                case UNREADABLE -> row("W27", new Fail(o.remoteProblem()));
            };
        }
        return row("W28", new Format());
    }

    /** Two that record the same workspace at one time do not see each other in the cache. */
    private static WorkspaceDecision beReady(WorkspaceObservation o) {
        if (o.record() == Recorded.PENDING && o.sole() != Known.YES) {
            return row("W26", new CheckHolders());
        }
        return o.rival() && !o.keepsSharedId() ? fail("W26", WORKSPACE_HELD_BY_ANOTHER) : row("W26", new BeReady());
    }

    /** Rows W28a to W34: nothing recorded, pending or active. */
    private static WorkspaceDecision unrecorded(WorkspaceObservation o) {
        boolean pending = o.remote() == Remote.PENDING;
        if (o.storageDiffers()) {
            boolean mayBeOurs = pending && (o.young() || o.adopt());
            return mayBeOurs ? otherStorage(o, "W28a") : fail("W29", WORKSPACE_EXISTS_STORAGE_DIFFERS);
        }
        if (pending) {
            return unrecordedPending(o);
        }
        if (o.mine() == Known.UNKNOWN) {
            return row("W30", new ReadBucketUuid());
        }
        if (o.mine() == Known.YES) {
            return row("W30", new RecordWorkspace());
        }
        return o.adopt() ? row("W31", adopt(o)) : fail("W32", WORKSPACE_EXISTS);
    }

    private static Action adopt(WorkspaceObservation o) {
        return switch (o.proven()) {
            case UNKNOWN -> new ProveAdoption();
            case YES -> new RecordWorkspace();
            case NO -> new Fail(ADOPTION_UNPROVEN);
        };
    }

    /** The spec was corrected before the workspace was active: what holds nothing, or our claim alone, is discarded. */
    private static WorkspaceDecision otherStorage(WorkspaceObservation o, String row) {
        return switch (o.setting()) {
            case UNKNOWN -> row(row, new ReadSetting());
            case ABSENT, OURS -> row(row, new DeleteRemote(o.setting() == Setting.ABSENT));
            case FOREIGN -> fail("W29", WORKSPACE_EXISTS_STORAGE_DIFFERS);
            case UNREADABLE -> row(row, new Fail(o.remoteProblem()));
        };
    }

    private static WorkspaceDecision unrecordedPending(WorkspaceObservation o) {
        if (o.young() || o.adopt() || o.mine() == Known.YES) {
            return row("W33", new Format());
        }
        if (!o.underWay()) {
            return row("W34", new Format());
        }
        return o.mine() == Known.UNKNOWN ? row("W33", new ReadBucketUuid()) : fail("W34", WORKSPACE_NOT_ACTIVE);
    }

    private static WorkspaceDecision row(String row, Action action) {
        return new WorkspaceDecision(row, action);
    }

    private static WorkspaceDecision fail(String row, ProblemType type) {
        return new WorkspaceDecision(row, new Fail(type));
    }
}
