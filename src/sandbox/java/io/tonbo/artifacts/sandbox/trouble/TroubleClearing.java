package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Deletes all that a trouble left: faults first, so that the operator can let go of the objects. */
final class TroubleClearing {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TroubleClearing() {}

    static void clear(TroubleStage stage) throws InterruptedException {
        stage.noFaults();
        stage.buckets().noFaults();
        stage.undo();
        TroubleObjects objects = stage.objects();
        remove(objects.sessions(), objects::session);
        remove(objects.workspaces(), objects::workspace);
        untilGone("MountSessions", objects::sessions, objects::session);
        untilGone("Workspaces", objects::workspaces, objects::workspace);
        for (HasMetadata secret : objects.secrets()) {
            TroubleObjects.dropFinalizers(objects.secret(TroubleObjects.name(secret)));
            objects.deleteSecret(TroubleObjects.name(secret));
        }
        untilGone("Secrets", objects::secrets, objects::secret);
        clearOrchestrator(stage);
        stage.buckets().delete();
        stage.keyIds().forEach(stage.parts().s3()::removeKey);
        stage.close();
    }

    /** Nobody waits for the orchestrator: what it keeps is deleted behind its back. */
    private static <T extends CustomResource<?, ?>> void remove(List<T> all, Function<String, Resource<T>> resource) {
        for (T each : all) {
            Resource<T> one = resource.apply(TroubleObjects.name(each));
            TroubleObjects.annotate(one, ArtifactsApi.ABANDON, "true");
            one.delete();
        }
    }

    private interface Listing<T> {
        List<T> list();
    }

    /** What will not go is made to: an operator that does not run lets go of nothing. */
    private static <T extends HasMetadata> void untilGone(
            String what, Listing<T> left, Function<String, Resource<T>> resource) throws InterruptedException {
        if (TroubleObjects.within(PATIENCE, () -> left.list().isEmpty())) {
            return;
        }
        for (T each : left.list()) {
            TroubleObjects.dropFinalizers(resource.apply(TroubleObjects.name(each)));
        }
        TroubleObjects.until("the end of all " + what, () -> left.list().isEmpty());
    }

    private static void clearOrchestrator(TroubleStage stage) throws InterruptedException {
        SandboxAdmin admin = stage.admin();
        for (StoredWorkspace each : admin.workspaces(stage.id())) {
            if (each.state() == WorkspaceState.DELETING) {
                admin.forceState(stage.id(), each.name(), WorkspaceState.ACTIVE);
            }
            if (each.state() != WorkspaceState.DELETED) {
                admin.deleteRemotely(stage.id(), each.name());
            }
        }
        stage.tokens().forEach(admin::revokeToken);
        TroubleObjects.until("the end of what the orchestrator keeps", () -> admin.workspaces(stage.id()).stream()
                .allMatch(each -> each.state() == WorkspaceState.DELETED));
    }
}
