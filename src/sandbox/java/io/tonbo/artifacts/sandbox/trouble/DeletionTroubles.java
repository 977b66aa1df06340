package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_BLOCKED;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_STATE_UNKNOWN;
import static io.tonbo.artifacts.operator.problem.ProblemType.IN_USE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_TERMINATING;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.ANY;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import java.util.List;

/** What keeps an object from being deleted, or is kept waiting by one that is. */
final class DeletionTroubles {
    private DeletionTroubles() {}

    static List<Script> all() {
        return List.of(
                Script.session(
                                WORKSPACE_TERMINATING,
                                "The Workspace is being deleted, and another MountSession still uses it.")
                        .by(stage -> {
                            inUseBy(stage, stage.other("user"));
                            stage.untilWorkspaceSays("InUse");
                            stage.applySession();
                        })
                        .followed(
                                "This MountSession is deleted.",
                                stage -> stage.objects().session(stage.id()).delete())
                        .gone(),
                Script.workspace(IN_USE, "The Workspace is deleted while a MountSession uses it.")
                        .by(stage -> inUseBy(stage, stage.id()))
                        .followed(
                                "The MountSession is deleted.",
                                stage -> stage.objects().session(stage.id()).delete())
                        .gone(),
                Script.workspace(
                                DELETION_BLOCKED,
                                "A Workspace with deletionPolicy Delete is deleted after its token was revoked.")
                        .by(stage -> {
                            String token = stage.secrets().goodToken();
                            readyToDelete(stage);
                            stage.admin().revokeToken(token);
                            stage.objects().workspace(stage.id()).delete();
                        })
                        .followed("A good token is stored in the connection Secret.", stage -> stage.secrets()
                                .goodToken())
                        .gone(),
                Script.workspace(
                                DELETION_STATE_UNKNOWN,
                                "A Workspace with deletionPolicy Delete is deleted while its workspace is in a state that is new to the operator.")
                        .by(stage -> {
                            readyToDelete(stage);
                            stage.remote().fault(ANY, Fault.of(FaultKind.UNKNOWN_STATE, "hibernating"));
                            stage.objects().workspace(stage.id()).delete();
                        })
                        .followed(
                                "The remote workspace is given up.",
                                stage -> TroubleObjects.annotate(
                                        stage.objects().workspace(stage.id()), ArtifactsApi.ABANDON, "true"))
                        .gone());
    }

    private static void inUseBy(TroubleStage stage, String session) throws InterruptedException {
        stage.applyWorkspace();
        stage.untilWorkspaceReady();
        stage.applySessionAs(session, spec -> {});
        stage.objects().workspace(stage.id()).delete();
    }

    private static void readyToDelete(TroubleStage stage) throws InterruptedException {
        stage.applyWorkspace(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
        stage.untilWorkspaceReady();
    }
}
