package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.ADOPTION_UNPROVEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORMAT_GRANT_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.STORAGE_MISMATCH;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_DELETING;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS_STORAGE_DIFFERS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_GONE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_HELD_BY_ANOTHER;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NAME_STILL_DELETED;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_REPLACED;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_STATE_UNEXPECTED;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.ANY;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.CONFIRM;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.GET;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import java.util.List;

/** Whose the remote workspace is, and what became of it. */
final class WorkspaceTroubles {
    private static final String NEW_NAME = "The Workspace gets another spec.name.";
    private static final String ANEW = "The Workspace is deleted and applied again, with an empty index.";

    private WorkspaceTroubles() {}

    static List<Script> all() {
        return List.of(
                Script.workspace(WORKSPACE_EXISTS, "Somebody made a workspace of this name with the command line.")
                        .before(WorkspaceTroubles::somebodyElses)
                        .followed("The Workspace adopts it.", stage -> stage.editWorkspace(WorkspaceTroubles::adopt)),
                Script.workspace(
                                WORKSPACE_REPLACED,
                                "Somebody deleted the workspace and made another one of the same name.")
                        .onceWorkspaceReady(stage -> stage.admin().replace(stage.id(), stage.id()))
                        .followed("The Workspace is deleted and applied again, with another spec.name.", stage -> {
                            stage.objects().deleteWorkspace(stage.id());
                            stage.applyWorkspace(spec -> spec.setName(stage.other("2")));
                        }),
                Script.workspace(
                                WORKSPACE_EXISTS_STORAGE_DIFFERS,
                                "Somebody made a workspace of this name with the command line, in another bucket.")
                        .by(stage -> {
                            somebodyElses(stage);
                            stage.buckets().make(stage.other("bucket"));
                            stage.applyWorkspace(spec -> spec.getStorage().setBucket(stage.other("bucket")));
                        })
                        .followed(
                                "spec.storage gets its values, and the Workspace adopts it.",
                                stage -> stage.editWorkspace(spec -> {
                                    spec.getStorage().setBucket(stage.id());
                                    adopt(spec);
                                })),
                Script.workspace(
                                WORKSPACE_HELD_BY_ANOTHER,
                                "Another Workspace of this namespace stands for the same workspace.")
                        .before(stage -> {
                            stage.applyWorkspaceAs(stage.other("holder"), spec -> spec.setName(stage.id()));
                            stage.untilWorkspaceReady(stage.other("holder"));
                        })
                        .followed("This Workspace is deleted and applied again, with another spec.name.", stage -> {
                            stage.objects().deleteWorkspace(stage.id());
                            stage.applyWorkspace(spec -> spec.setName(stage.other("2")));
                        }),
                Script.workspace(
                                WORKSPACE_NAME_STILL_DELETED,
                                "A deleted workspace of this name still occupies it at the orchestrator.")
                        .before(stage -> {
                            stage.remote().madeByCli(CliProgress.ACTIVE);
                            stage.remote().fault(ANY, Fault.of(FaultKind.TOMBSTONE));
                        })
                        .followed(NEW_NAME, stage -> stage.editWorkspace(spec -> spec.setName(stage.other("2")))),
                Script.workspace(WORKSPACE_GONE, "Somebody deleted the workspace of a Workspace that was Ready.")
                        .onceWorkspaceReady(stage -> stage.admin().deleteRemotely(stage.id(), stage.id()))
                        .followed(ANEW, WorkspaceTroubles::again),
                Script.workspace(WORKSPACE_DELETING, "A workspace of this name is being deleted, which takes its time.")
                        .before(stage -> {
                            stage.remote().madeByCli(CliProgress.ACTIVE);
                            stage.admin().forceState(stage.id(), stage.id(), WorkspaceState.DELETING);
                        })
                        .passing("The deletion comes to its end.", stage -> {
                            stage.admin().forceState(stage.id(), stage.id(), WorkspaceState.ACTIVE);
                            stage.admin().deleteRemotely(stage.id(), stage.id());
                        }),
                Script.workspace(
                                STORAGE_MISMATCH,
                                "spec.storage was edited at the moment at which the workspace became active.")
                        .by(WorkspaceTroubles::editedTooLate)
                        .followed(
                                "spec.storage is set back to what was formatted.",
                                stage -> stage.editWorkspace(
                                        spec -> spec.getStorage().setBucket(stage.id()))),
                Script.workspace(
                                WORKSPACE_STATE_UNEXPECTED,
                                "The orchestrator was restored from a backup: the workspace waits for its format again.")
                        .onceWorkspaceReady(stage -> {
                            stage.volume().drop();
                            stage.admin().forceState(stage.id(), stage.id(), WorkspaceState.PENDING_FORMAT);
                        })
                        .followed(
                                "The remote workspace is deleted, and the Workspace deleted and applied again.",
                                stage -> {
                                    stage.admin().deleteRemotely(stage.id(), stage.id());
                                    again(stage);
                                }),
                Script.workspace(
                                ADOPTION_UNPROVEN,
                                "A workspace of the command line is to be adopted with a bucket key that does not see its volume.")
                        .by(stage -> {
                            somebodyElses(stage);
                            stage.buckets()
                                    .fault(
                                            S3Match.any()
                                                    .key(stage.secrets().goodKeys())
                                                    .action(S3Action.GET),
                                            new S3Effect.Answered(404, "NoSuchKey"));
                            stage.applyWorkspace(WorkspaceTroubles::adopt);
                        })
                        .followed("A key that sees it is stored in the Secret.", stage -> stage.secrets()
                                .goodKeys()),
                Script.workspace(
                                FORMAT_GRANT_MISSING,
                                "The workspace waits for its format, but the orchestrator hands out no access for it.")
                        .before(stage -> {
                            stage.remote().madeByCli(CliProgress.RESERVED);
                            stage.remote().fault(RESERVE, Fault.of(FaultKind.CONFLICT_WITHOUT_FORMAT));
                        })
                        .followed(
                                "The reservation is discarded, and the operator makes a new one.",
                                stage -> stage.admin().deleteRemotely(stage.id(), stage.id())));
    }

    private static void adopt(WorkspaceSpec spec) {
        spec.setAdoptionPolicy(AdoptionPolicy.ADOPT);
    }

    private static void somebodyElses(TroubleStage stage) {
        stage.remote().madeByCli(CliProgress.ACTIVE);
        stage.volume().mark();
    }

    private static void again(TroubleStage stage) throws InterruptedException {
        stage.objects().deleteWorkspace(stage.id());
        stage.applyWorkspace();
    }

    /** The edit finds the workspace formatted, and so active before anything can be done about it. */
    private static void editedTooLate(TroubleStage stage) throws InterruptedException {
        stage.remote().fault(CONFIRM, Fault.code("internal_error"));
        stage.applyWorkspace();
        stage.untilWorkspaceSays("OrchestratorInternalError");
        stage.remote().fault(GET, Fault.code("internal_error"));
        stage.buckets().make(stage.other("bucket"));
        stage.editWorkspace(spec -> spec.getStorage().setBucket(stage.other("bucket")));
        stage.admin().forceState(stage.id(), stage.id(), WorkspaceState.ACTIVE);
        stage.remote().noFaults();
        stage.look();
    }
}
