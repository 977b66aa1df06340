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
    private static final long PAUSE_MILLIS = 500;
    private static final int ATTEMPTS = 40;

    private TroubleClearing() {}

    static void clear(TroubleStage stage) throws InterruptedException {
        stage.remote().noFaults();
        stage.buckets().noFaults();
        stage.undo();
        TroubleObjects objects = stage.objects();
        removeObjects(objects);
        for (int attempt = 1;
                !objects.sessions().isEmpty() || !objects.workspaces().isEmpty();
                attempt++) {
            // The watch has not heard yet of what was made last.
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("its objects were still there after the watch had shown their end");
            }
            Thread.sleep(PAUSE_MILLIS);
            removeObjects(objects);
        }
        for (HasMetadata secret : objects.secrets()) {
            TroubleObjects.dropFinalizers(objects.secret(TroubleObjects.name(secret)));
            objects.deleteSecret(TroubleObjects.name(secret));
        }
        clearOrchestrator(stage);
        stage.buckets().delete();
        stage.close();
    }

    /** What will not go is made to: an operator that does not run lets go of nothing. */
    private static void removeObjects(TroubleObjects objects) throws InterruptedException {
        remove(objects.sessions(), objects::session);
        remove(objects.workspaces(), objects::workspace);
        if (!objects.goneWithin(PATIENCE)) {
            release(objects.sessions(), objects::session);
            release(objects.workspaces(), objects::workspace);
            if (!objects.goneWithin(PATIENCE)) {
                throw new IllegalStateException("its objects were still there after "
                        + PATIENCE.multipliedBy(2).toSeconds() + " s");
            }
        }
    }

    /** Nobody waits for the orchestrator: what it keeps is deleted behind its back. */
    private static <T extends CustomResource<?, ?>> void remove(List<T> all, Function<String, Resource<T>> resource) {
        for (T each : all) {
            Resource<T> one = resource.apply(TroubleObjects.name(each));
            TroubleObjects.annotate(one, ArtifactsApi.ABANDON, "true");
            one.delete();
        }
    }

    private static <T extends HasMetadata> void release(List<T> all, Function<String, Resource<T>> resource) {
        all.forEach(each -> TroubleObjects.dropFinalizers(resource.apply(TroubleObjects.name(each))));
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
        stage.secrets().revoke();
        Waiting.until("the end of what the orchestrator keeps", () -> admin.workspaces(stage.id()).stream()
                .allMatch(each -> each.state() == WorkspaceState.DELETED));
    }
}
