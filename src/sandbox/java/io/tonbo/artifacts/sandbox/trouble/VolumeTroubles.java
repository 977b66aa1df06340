package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ANSWER_UNEXPECTED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNAVAILABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_VOLUME_FOREIGN;
import static io.tonbo.artifacts.operator.problem.ProblemType.VOLUME_FOREIGN;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import java.util.List;

/** The metadata Redis, and the volume in it. */
final class VolumeTroubles {
    private VolumeTroubles() {}

    static List<Script> all() {
        return List.of(
                Script.workspace(METADATA_UNREACHABLE, "Every connection to the workspace's metadata is cut.")
                        .before(stage -> stage.volume().cut())
                        .passing("Connections are let through again.", stage -> stage.volume()
                                .undisturbed()),
                Script.workspace(METADATA_UNAVAILABLE, "The metadata Redis answers that it is still loading.")
                        .before(stage -> stage.volume().loading())
                        .passing("It has loaded.", stage -> stage.volume().undisturbed()),
                Script.workspace(
                                METADATA_ACCESS_DENIED,
                                "The orchestrator hands out metadata URLs with a wrong password.")
                        .before(stage -> stage.remote().fault(RESERVE, Fault.of(FaultKind.WRONG_PASSWORD)))
                        .passing("It hands out the right one.", stage -> stage.remote()
                                .noFaults()),
                Script.workspace(
                                METADATA_ANSWER_UNEXPECTED,
                                "Where the volume's setting belongs, the metadata holds something else.")
                        .before(stage -> {
                            stage.remote().madeByCli(CliProgress.RESERVED);
                            stage.volume().spoil();
                        })
                        .elsewhere("Tonbo's support removes it.", stage -> stage.volume()
                                .drop()),
                Script.workspace(
                                VOLUME_FOREIGN,
                                "Somebody formatted the volume with the command line, but did not complete it.")
                        .before(stage -> {
                            stage.remote().madeByCli(CliProgress.FORMATTED);
                            stage.volume().mark();
                        })
                        .followed(
                                "The Workspace adopts it.",
                                stage -> stage.editWorkspace(spec -> spec.setAdoptionPolicy(AdoptionPolicy.ADOPT))),
                Script.session(
                                SESSION_VOLUME_FOREIGN,
                                "Somebody formatted the volume of a Workspace again that was Ready.")
                        .by(stage -> {
                            stage.applyWorkspace();
                            stage.untilWorkspaceReady();
                            stage.volume().formatElsewhere();
                            stage.applySession();
                        })
                        .elsewhere("Tonbo's support restores the volume that was there.", stage -> stage.volume()
                                .restore()));
    }
}
