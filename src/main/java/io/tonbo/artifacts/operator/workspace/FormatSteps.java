package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.workspace.FormatObservation.Grant;
import java.time.Duration;
import java.util.Optional;

/** Carries out the format table, a step at a time. */
final class FormatSteps {
    /** What a format needs of a grant's time. */
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    private final WorkspacePass pass;
    private final Findings found;

    FormatSteps(WorkspacePass pass) {
        this.pass = pass;
        this.found = pass.found();
    }

    private FormatObservation observe() {
        FormatGrant grant = pass.remote().grant();
        Grant state;
        if (grant != null) {
            boolean lasts = grant.lasts(ENOUGH, pass.now().plus(pass.remote().serverAhead()));
            state = lasts ? Grant.USABLE : Grant.SHORT;
        } else {
            state = found.grantMissing ? Grant.MISSING : Grant.NOT_FETCHED;
        }
        return new FormatObservation(
                state,
                found.grantFresh,
                type(found.metadataProblem),
                state == Grant.USABLE ? type(pass.volume().storageProblem()) : null,
                found.setting,
                pass.view().adopt(),
                found.sameVolume,
                found.proven,
                found.probed,
                type(found.bucketProblem),
                found.prefixFree);
    }

    private static ProblemType type(Problem problem) {
        return problem == null ? null : problem.type();
    }

    /**
     * One step.
     *
     * @return the outcome, or empty to look again and go on
     */
    Optional<Outcome> step() throws OrchestratorException, NotNow, StatusWriter.Conflict {
        if (!VolumeSetting.isVolumeName(found.remote.volumeName())) {
            return Optional.of(pass.failed(
                    Operation.FORMAT,
                    Problem.of(ProblemType.ANSWER_NOT_JSON)
                            .withMessage("The orchestrator names no volume that JuiceFS would accept.")));
        }
        FormatDecision decision = FormatTable.decide(observe());
        pass.trace(decision.row());
        FormatDecision.Step step = decision.step();
        if (step instanceof FormatDecision.Fail fail) {
            return Optional.of(failed(fail.type()));
        }
        try {
            return carryOut(step);
        } catch (MetadataException e) {
            found.metadataProblem = RemoteProblems.of(e);
            pass.volume().closeMetadata();
            return Optional.empty();
        } catch (BucketException e) {
            found.bucketProblem = RemoteProblems.of(e);
            return Optional.of(pass.failed(Operation.STORAGE, found.bucketProblem));
        }
    }

    private Optional<Outcome> carryOut(FormatDecision.Step step)
            throws OrchestratorException, NotNow, StatusWriter.Conflict, MetadataException, BucketException {
        FormatGrant grant = pass.remote().grant();
        if (step instanceof FormatDecision.FetchGrant) {
            pass.fetchGrant();
        } else if (step instanceof FormatDecision.ReadSetting) {
            pass.volume().readSetting(grant);
        } else if (step instanceof FormatDecision.ProbeBucket) {
            pass.volume().probeBucket();
        } else if (step instanceof FormatDecision.ListPrefix) {
            pass.volume().listPrefix();
        } else if (step instanceof FormatDecision.ProveBucket) {
            pass.volume().proveBucket();
        } else if (step instanceof FormatDecision.Claim) {
            pass.volume().claim(grant, pass.now());
        } else if (step instanceof FormatDecision.Complete) {
            return complete(grant);
        } else if (step instanceof FormatDecision.TakeOver) {
            Optional<Outcome> held = pass.recordUnlessHeld();
            return held.isPresent() || !pass.stillWanted()
                    ? held
                    : pass.confirmation().send();
        }
        return Optional.empty();
    }

    /** The order is the protocol: everything a volume needs, our record, a last look at both sides, the confirmation. */
    private Optional<Outcome> complete(FormatGrant grant)
            throws OrchestratorException, NotNow, StatusWriter.Conflict, MetadataException, BucketException {
        pass.volume().writeInodes(grant, pass.now());
        if (!pass.volume().writeBucketUuid()) {
            return Optional.of(failed(ProblemType.BUCKET_PREFIX_NOT_EMPTY));
        }
        pass.succeeded(Operation.STORAGE);
        pass.record();
        pass.volume().readSetting(grant);
        boolean stillOurs = found.metadataProblem == null
                && found.setting == WorkspaceObservation.Setting.OURS
                && pass.stillWanted();
        return stillOurs ? pass.confirmation().send() : Optional.empty();
    }

    private Outcome failed(ProblemType type) {
        if (found.bucketProblem != null && found.bucketProblem.type() == type) {
            return pass.failed(Operation.STORAGE, found.bucketProblem);
        }
        if (found.metadataProblem != null && found.metadataProblem.type() == type) {
            if (type == ProblemType.METADATA_ACCESS_DENIED) {
                pass.grantProvedDead();
            }
            return pass.failed(Operation.FORMAT, found.metadataProblem);
        }
        found.yielded = type == ProblemType.VOLUME_FOREIGN;
        Problem storage = pass.volume().storageProblem();
        boolean isStorage = storage != null && storage.type() == type;
        return pass.failed(isStorage ? Operation.STORAGE : Operation.FORMAT, isStorage ? storage : Problem.of(type));
    }
}
