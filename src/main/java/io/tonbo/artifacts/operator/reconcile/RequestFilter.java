package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which changes of an object are worth a reconcile: its spec, its deletion, a finalizer that somebody took off, and the
 * annotations that ask for something. Annotations do not bump the generation, so the framework's own filter would hide
 * them; our own status writes are hidden here.
 *
 * @param <R> the type of the object
 */
public abstract class RequestFilter<R extends CustomResource<?, ?>> implements OnUpdateFilter<R> {
    private final List<String> requests;

    /**
     * @param requests names of the annotations that ask for something
     */
    protected RequestFilter(List<String> requests) {
        this.requests = List.copyOf(requests);
    }

    @Override
    public boolean accept(R now, R before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !now.hasFinalizer(ArtifactsApi.FINALIZER)
                // The framework comes back for the first reconcile by the event of its own finalizer.
                || !before.hasFinalizer(ArtifactsApi.FINALIZER)
                || requests.stream().anyMatch(name -> !Objects.equals(annotation(now, name), annotation(before, name)));
    }

    private static String annotation(CustomResource<?, ?> object, String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }
}
