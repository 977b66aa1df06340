package io.tonbo.artifacts.sandbox.page;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Follows Workspaces, MountSessions and Events, through outages of the Kubernetes API too. Asks for nothing else. */
final class ClusterView implements AutoCloseable {
    private final List<SharedIndexInformer<Workspace>> workspaces;
    private final List<SharedIndexInformer<MountSession>> sessions;
    private final List<SharedIndexInformer<Event>> events;

    /**
     * @param client may list and watch the three
     * @param namespaces which; empty for all
     */
    ClusterView(KubernetesClient client, Set<String> namespaces) {
        workspaces = informers(client, Workspace.class, namespaces);
        sessions = informers(client, MountSession.class, namespaces);
        events = informers(client, Event.class, namespaces);
    }

    /** Returns at once; what there is comes a moment later. */
    void start() {
        informers().forEach(informer -> {
            informer.exceptionHandler((started, failure) -> true);
            informer.start();
        });
    }

    private Stream<? extends SharedIndexInformer<?>> informers() {
        return Stream.of(workspaces, sessions, events).flatMap(List::stream);
    }

    private static <T extends HasMetadata> List<SharedIndexInformer<T>> informers(
            KubernetesClient client, Class<T> type, Set<String> namespaces) {
        List<SharedIndexInformer<T>> informers = new ArrayList<>();
        if (namespaces.isEmpty()) {
            informers.add(client.resources(type).inAnyNamespace().runnableInformer(0));
        }
        for (String namespace : namespaces) {
            informers.add(client.resources(type).inNamespace(namespace).runnableInformer(0));
        }
        return informers;
    }

    /**
     * @return whether all there is has been told once
     */
    boolean isComplete() {
        return informers().allMatch(SharedIndexInformer::hasSynced);
    }

    /**
     * @return whether what changes is being told: not while the Kubernetes API is away
     */
    boolean isCurrent() {
        return informers().allMatch(SharedIndexInformer::isWatching);
    }

    Stream<Workspace> workspaces() {
        return all(workspaces);
    }

    Stream<MountSession> sessions() {
        return all(sessions);
    }

    Stream<Event> events() {
        return all(events);
    }

    private static <T> Stream<T> all(List<SharedIndexInformer<T>> informers) {
        return informers.stream().flatMap(informer -> informer.getStore().list().stream());
    }

    @Override
    public void close() {
        informers().forEach(SharedIndexInformer::stop);
    }
}
