package io.tonbo.artifacts.operator.workspace;

import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which changes of a Workspace are worth a reconcile: its spec, its deletion, a finalizer that somebody took off, and the
 * annotations that ask for something. Annotations do not bump the generation, so the framework's own filter would hide
 * them; our own status writes are hidden here.
 */
public class WorkspaceUpdateFilter implements OnUpdateFilter<Workspace> {
    private static final List<String> REQUESTS = List.of(ArtifactsApi.ABANDON, ArtifactsApi.RECONCILE_REQUESTED_AT);

    @Override
    public boolean accept(Workspace now, Workspace before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !now.hasFinalizer(ArtifactsApi.FINALIZER)
                // The framework comes back for the first reconcile by the event of its own finalizer.
                || !before.hasFinalizer(ArtifactsApi.FINALIZER)
                || REQUESTS.stream().anyMatch(name -> !Objects.equals(annotation(now, name), annotation(before, name)));
    }

    private static String annotation(Workspace workspace, String name) {
        Map<String, String> annotations = workspace.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }
}
