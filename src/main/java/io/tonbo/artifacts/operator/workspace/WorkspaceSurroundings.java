package io.tonbo.artifacts.operator.workspace;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the cluster says around one Workspace: its live version, its namespace, others that hold the same id. */
final class WorkspaceSurroundings {
    private static final Comparator<WorkspaceView> FIRST_COME =
            Comparator.comparing(WorkspaceView::created).thenComparing(WorkspaceView::uid);

    private final KubernetesClient client;
    private final Function<String, List<Workspace>> holders;
    private final AccountListings listings;

    /**
     * @param holders the Workspaces that recorded an id, as the cache has them
     */
    WorkspaceSurroundings(
            KubernetesClient client, Function<String, List<Workspace>> holders, AccountListings listings) {
        this.client = client;
        this.holders = holders;
        this.listings = listings;
    }

    AccountListings listings() {
        return listings;
    }

    /**
     * @return the object as the API server has it now; null when it is gone, or another one has its name
     */
    Workspace live(WorkspaceView view) {
        Workspace live = client.resources(Workspace.class)
                .inNamespace(view.namespace())
                .withName(view.objectName())
                .get();
        return live != null && view.uid().equals(live.getMetadata().getUid()) ? live : null;
    }

    /** MountSessions that refer to the Workspace; the kind does not exist yet. */
    List<String> sessions(WorkspaceView view) {
        return List.of();
    }

    WorkspaceObserver.Cluster cluster(WorkspaceView view, RemoteWorkspace remote, List<String> sessions) {
        List<WorkspaceView> others = remote == null ? List.of() : others(view, remote.id());
        boolean first = others.stream().allMatch(other -> FIRST_COME.compare(view, other) < 0);
        boolean terminating = view.deleting() && namespaceTerminating(view.namespace());
        return new WorkspaceObserver.Cluster(terminating, sessions, !others.isEmpty(), first);
    }

    private List<WorkspaceView> others(WorkspaceView view, String id) {
        return holders.apply(id).stream()
                .map(WorkspaceView::new)
                .filter(other -> !other.uid().equals(view.uid()) && !other.deleting())
                .filter(other -> other.recorded() != Recorded.NONE)
                .toList();
    }

    /**
     * @return who else holds the remote workspace, as namespace/name, if that is in the same namespace; else null
     */
    String holder(WorkspaceView view, RemoteWorkspace remote) {
        if (remote == null) {
            return null;
        }
        return others(view, remote.id()).stream()
                .filter(other -> Objects.equals(other.namespace(), view.namespace()))
                .map(WorkspaceView::objectName)
                .findFirst()
                .orElse(null);
    }

    private boolean namespaceTerminating(String name) {
        try {
            Namespace namespace = client.namespaces().withName(name).get();
            return namespace == null || namespace.getMetadata().getDeletionTimestamp() != null;
        } catch (KubernetesClientException e) {
            // Not knowing means waiting longer, never letting go too early.
            return false;
        }
    }
}
