package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Workspaces and MountSessions of the desk's namespace as a watch shows them. All troubles wait by it: were each to ask the API
 * server for what it waits for, sixty at a time would keep that from everything else. A moment behind the API server.
 */
final class WatchedObjects implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private SharedIndexInformer<Workspace> workspaces;
    private SharedIndexInformer<MountSession> sessions;

    /**
     * @param parts whose objects; nothing is asked for before it is needed
     */
    WatchedObjects(SandboxParts parts) {
        this.client = parts.client();
        this.namespace = parts.namespace();
    }

    private <T extends CustomResource<?, ?>> SharedIndexInformer<T> follow(Class<T> type) {
        SharedIndexInformer<T> informer =
                client.resources(type).inNamespace(namespace).runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        informer.start();
        return informer;
    }

    /** Begins to watch, unless it does so already. */
    synchronized void start() {
        if (workspaces == null) {
            workspaces = follow(Workspace.class);
        }
        if (sessions == null) {
            sessions = follow(MountSession.class);
        }
    }

    synchronized Stream<Workspace> workspaces() {
        start();
        return workspaces.getStore().list().stream();
    }

    synchronized Stream<MountSession> sessions() {
        start();
        return sessions.getStore().list().stream();
    }

    Optional<Workspace> workspace(String name) {
        return workspaces()
                .filter(each -> TroubleObjects.name(each).equals(name))
                .findFirst();
    }

    Optional<MountSession> session(String name) {
        return sessions().filter(each -> TroubleObjects.name(each).equals(name)).findFirst();
    }

    @Override
    public synchronized void close() {
        Stream.of(workspaces, sessions).filter(each -> each != null).forEach(SharedIndexInformer::stop);
    }
}
