package io.tonbo.artifacts.operator.workspace;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.reconcile.NamespaceEnd;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the cluster says around one Workspace: its live version, its namespace, others that hold the same id. */
final class WorkspaceSurroundings {
    /** Who was Ready keeps what it has, also against an older object that came to want it later. */
    private static final Comparator<WorkspaceView> FIRST_COME = Comparator.comparing(
                    (WorkspaceView view) -> view.recorded() != Recorded.ACTIVE)
            .thenComparing(WorkspaceView::created)
            .thenComparing(WorkspaceView::uid);

    private final KubernetesClient client;
    private final Function<String, List<Workspace>> holders;
    private final AccountListings listings;
    private final List<String> sessions;

    /**
     * @param holders the Workspaces that recorded an id, as the cache has them
     * @param sessions names of the MountSessions that refer to the Workspace
     */
    WorkspaceSurroundings(
            KubernetesClient client,
            Function<String, List<Workspace>> holders,
            AccountListings listings,
            List<String> sessions) {
        this.client = client;
        this.holders = holders;
        this.listings = listings;
        this.sessions = sessions;
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

    /** Names of the MountSessions that refer to the Workspace, sorted. */
    List<String> sessions() {
        return sessions;
    }

    WorkspaceObserver.Cluster cluster(WorkspaceView view, RemoteWorkspace remote, List<String> sessions) {
        List<WorkspaceView> others = remote == null ? List.of() : others(view, holders.apply(remote.id()));
        boolean first = others.stream().allMatch(other -> FIRST_COME.compare(view, other) < 0);
        boolean terminating = view.deleting() && new NamespaceEnd(client).terminating(view.namespace());
        return new WorkspaceObserver.Cluster(terminating, sessions, !others.isEmpty(), first);
    }

    private static List<WorkspaceView> others(WorkspaceView view, List<Workspace> holders) {
        return holders.stream()
                .map(WorkspaceView::new)
                .filter(other -> !other.uid().equals(view.uid()) && other.recorded() != Recorded.NONE)
                .filter(other -> !other.deleting() || (!view.deleting() && mayYetDelete(other)))
                .toList();
    }

    /** An object that is being deleted, and cannot at the moment, deletes once it can: also what another took over. */
    private static boolean mayYetDelete(WorkspaceView other) {
        boolean keeps = other.retain() && other.recorded() == Recorded.ACTIVE;
        return !keeps && !other.abandoned();
    }

    /**
     * Of two objects that record the same workspace and then ask this, at least the later one sees the other.
     *
     * @param view the object, its own record written
     * @param id id of the workspace that it recorded
     * @return whether the API server knows no other live object that recorded it
     */
    boolean soleHolder(WorkspaceView view, String id) {
        List<Workspace> holders = liveHolders(id).stream()
                .filter(other -> id.equals(new WorkspaceView(other).recordedId()))
                .toList();
        return others(view, holders).isEmpty();
    }

    private List<Workspace> liveHolders(String id) {
        try {
            return client.resources(Workspace.class)
                    .inAnyNamespace()
                    .withField("status.workspaceId", id)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
                throw e;
            }
            // Selectable fields of custom resources came with Kubernetes 1.31.
            return client.resources(Workspace.class).inAnyNamespace().list().getItems();
        }
    }

    /**
     * @return the name of the first object of the same namespace that also holds the remote workspace, else null: of other
     *     namespaces nothing is told
     */
    String holder(WorkspaceView view, RemoteWorkspace remote) {
        if (remote == null) {
            return null;
        }
        return others(view, holders.apply(remote.id())).stream()
                .filter(other -> Objects.equals(other.namespace(), view.namespace()))
                .min(FIRST_COME)
                .map(WorkspaceView::objectName)
                .orElse(null);
    }
}
