package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Action;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.time.Duration;
import java.util.Optional;

/** Carries out what the Workspace table decided, an action at a time. */
final class WorkspaceActions {
    /** What looking into the metadata needs of a grant's time. */
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    private final WorkspacePass pass;
    private final ReconcilerServices services;
    private final WorkspaceMemory memory;
    private final Gathering gathering;
    private final Findings found;

    WorkspaceActions(WorkspacePass pass, ReconcilerServices services, WorkspaceMemory memory, Gathering gathering) {
        this.pass = pass;
        this.services = services;
        this.memory = memory;
        this.gathering = gathering;
        this.found = pass.found();
    }

    /**
     * @return the outcome, or empty to look again and go on
     */
    Optional<Outcome> act(Action action) throws OrchestratorException, NotNow, StatusWriter.Conflict {
        if (action instanceof WorkspaceDecision.Fail fail) {
            return Optional.of(fail(fail.type()));
        } else if (action instanceof WorkspaceDecision.KeepAsItIs) {
            Duration wait =
                    pass.failed(found.remoteOperation, found.remoteProblem).lookAgain();
            return Optional.of(new Outcome.Unchanged(longer(wait, found.budgetWait)));
        } else if (action instanceof WorkspaceDecision.StandBy) {
            return Optional.of(new Outcome.Suspended(null));
        } else if (action instanceof WorkspaceDecision.WaitOutReserve) {
            return Optional.of(new Outcome.Unchanged(services.timings().reserveSettles()));
        } else if (action instanceof WorkspaceDecision.BeReady) {
            return Optional.of(pass.ready());
        } else if (action instanceof WorkspaceDecision.ConfirmFormat) {
            return pass.confirmation().send();
        } else if (action instanceof WorkspaceDecision.Yield) {
            return Optional.of(pass.yieldToRival());
        } else if (action instanceof WorkspaceDecision.RecordWorkspace) {
            return pass.recordUnlessHeld();
        } else if (action instanceof WorkspaceDecision.CheckHolders) {
            pass.checkHolders();
        }
        // A look or a try settles nothing: what stands in the way may still do so, and for how long counts.
        if (action instanceof WorkspaceDecision.Confirm) {
            gathering.confirm(pass.now());
        } else if (action instanceof WorkspaceDecision.ReadBucketUuid) {
            pass.volume().readBucketUuid();
        } else if (action instanceof WorkspaceDecision.ReadSetting) {
            readSetting();
        } else if (action instanceof WorkspaceDecision.Reserve) {
            return reserve();
        } else if (action instanceof WorkspaceDecision.Format) {
            pass.succeeded(Operation.SETTLE);
            return new FormatSteps(pass).step();
        } else if (action instanceof WorkspaceDecision.DeleteRemote delete) {
            return delete(delete.claimFirst());
        } else if (action instanceof WorkspaceDecision.ProveAdoption) {
            return proveAdoption();
        }
        return Optional.empty();
    }

    private Outcome fail(ProblemType type) {
        Problem connection = gathering.connectionProblem();
        if (connection != null && connection.type() == type) {
            return pass.failed(Operation.CONNECT, connection);
        }
        boolean outlasted = type == ProblemType.DELETION_KEEPS_FAILING;
        if (found.remoteProblem != null && (outlasted || found.remoteProblem.type() == type)) {
            Outcome.Failed failed = pass.failed(found.remoteOperation, found.remoteProblem.as(type));
            return failed.lookingAgain(longer(failed.lookAgain(), found.budgetWait));
        }
        Operation operation = type == ProblemType.WORKSPACE_DELETING ? Operation.END : Operation.SETTLE;
        return pass.failed(operation, described(type));
    }

    private Problem described(ProblemType type) {
        return switch (type) {
            case WORKSPACE_HELD_BY_ANOTHER -> WorkspaceFailures.heldBy(pass.holder());
            case IN_USE -> WorkspaceFailures.usedBy(pass.sessions());
            default -> Problem.of(type);
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return other == null || one.compareTo(other) > 0 ? one : other;
    }

    /** The bucket first: a name is not taken for a workspace that could not be formatted. */
    private Optional<Outcome> reserve() throws OrchestratorException, NotNow {
        Problem storage = pass.volume().storageProblem();
        if (storage != null) {
            return Optional.of(pass.failed(Operation.STORAGE, storage));
        }
        try {
            pass.volume().checkBucket();
        } catch (BucketException e) {
            return Optional.of(pass.failed(Operation.STORAGE, RemoteProblems.of(e)));
        }
        gathering.doing(Operation.RESERVE);
        pass.volume().closeMetadata();
        pass.remote().reserve(pass.now());
        pass.succeeded(Operation.RESERVE);
        if (found.remote.state() == WorkspaceState.DELETED) {
            return Optional.of(pass.failed(Operation.SETTLE, Problem.of(ProblemType.WORKSPACE_NAME_STILL_DELETED)));
        }
        pass.succeeded(Operation.SETTLE);
        pass.succeeded(Operation.END);
        return Optional.empty();
    }

    private void readSetting() throws OrchestratorException, NotNow {
        FormatGrant grant = usableGrant();
        if (grant == null) {
            unreadable(Problem.of(ProblemType.FORMAT_GRANT_MISSING));
            return;
        }
        pass.volume().readSetting(grant);
        boolean refused =
                found.metadataProblem != null && found.metadataProblem.type() == ProblemType.METADATA_ACCESS_DENIED;
        if (refused && !found.grantFresh) {
            memory.dropGrant();
        } else if (found.metadataProblem != null) {
            unreadable(found.metadataProblem);
        }
    }

    private FormatGrant usableGrant() throws OrchestratorException, NotNow {
        FormatGrant grant = pass.remote().grant();
        if (grant == null || !grant.lasts(ENOUGH, pass.now().plus(gathering.serverAhead()))) {
            pass.fetchGrant();
            grant = found.remote == null ? null : pass.remote().grant();
        }
        return grant;
    }

    private void unreadable(Problem problem) {
        found.setting = Setting.UNREADABLE;
        found.remoteProblem = problem;
        found.remoteOperation = Operation.FORMAT;
    }

    /** Claimed by us, a volume cannot become somebody else's between the look at it and its deletion. */
    private Optional<Outcome> delete(boolean claimFirst) throws OrchestratorException, NotNow {
        // Where no volume can be, nobody can have formatted one.
        if (claimFirst && VolumeSetting.isVolumeName(found.remote.volumeName())) {
            try {
                pass.volume().claim(pass.remote().grant(), pass.now());
            } catch (MetadataException e) {
                unreadable(RemoteProblems.of(e));
                return Optional.empty();
            }
            if (found.setting != Setting.OURS) {
                return Optional.empty();
            }
        }
        gathering.doing(Operation.DELETE);
        pass.remote().delete(pass.now());
        pass.succeeded(Operation.DELETE);
        pass.succeeded(Operation.SETTLE);
        return Optional.empty();
    }

    private Optional<Outcome> proveAdoption() {
        Problem storage = pass.volume().storageProblem();
        if (storage != null) {
            return Optional.of(pass.failed(Operation.STORAGE, storage));
        }
        try {
            pass.volume().proveBucket();
        } catch (BucketException e) {
            return Optional.of(pass.failed(Operation.STORAGE, RemoteProblems.of(e)));
        }
        return Optional.empty();
    }
}
