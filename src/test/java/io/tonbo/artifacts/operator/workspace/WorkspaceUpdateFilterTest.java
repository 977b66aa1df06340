package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkspaceUpdateFilterTest {
    private static Workspace with(Consumer<Workspace> change) {
        Workspace workspace = Remotes.workspace("files");
        workspace.getMetadata().setFinalizers(List.of(ArtifactsApi.FINALIZER));
        change.accept(workspace);
        return workspace;
    }

    private static boolean wakes(Consumer<Workspace> change) {
        return new WorkspaceUpdateFilter().accept(with(change), with(same -> {}));
    }

    private static Consumer<Workspace> annotated(String name, String value) {
        return workspace -> workspace.getMetadata().setAnnotations(Map.of(name, value));
    }

    @Test
    void whatAUserOrTheGarbageCollectorDoesWakes() {
        assertThat(wakes(workspace -> workspace.getMetadata().setGeneration(2L)))
                .isTrue();
        assertThat(wakes(workspace -> workspace.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z")))
                .isTrue();
        assertThat(wakes(workspace -> workspace.getMetadata().setFinalizers(List.of())))
                .isTrue();
        assertThat(wakes(annotated(ArtifactsApi.ABANDON, "true"))).isTrue();
        assertThat(wakes(annotated(ArtifactsApi.RECONCILE_REQUESTED_AT, "now"))).isTrue();
    }

    @Test
    void aRequestThatIsRepeatedOrTakenBackWakesTheSame() {
        Workspace once = with(annotated(ArtifactsApi.RECONCILE_REQUESTED_AT, "1"));
        Workspace again = with(annotated(ArtifactsApi.RECONCILE_REQUESTED_AT, "2"));

        assertThat(new WorkspaceUpdateFilter().accept(again, once)).isTrue();
        assertThat(new WorkspaceUpdateFilter().accept(with(same -> {}), once)).isTrue();
        assertThat(new WorkspaceUpdateFilter().accept(once, once)).isFalse();
    }

    @Test
    void ourOwnStatusAndOtherPeoplesAnnotationsDoNot() {
        assertThat(wakes(same -> {})).isFalse();
        assertThat(wakes(annotated("example.com/owner", "me"))).isFalse();
        assertThat(wakes(workspace -> {
                    workspace.getMetadata().setResourceVersion("11");
                    workspace.setStatus(new WorkspaceStatus());
                    workspace.getStatus().setState("active");
                }))
                .isFalse();
    }

    @Test
    void ourOwnFinalizerWakesForTheFirstReconcile() {
        Workspace before = with(workspace -> workspace.getMetadata().setFinalizers(List.of()));

        assertThat(new WorkspaceUpdateFilter().accept(with(same -> {}), before)).isTrue();
    }
}
