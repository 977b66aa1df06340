package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Watches every Workspace of the cluster, version by version in the API server's own order, and remembers each moment in
 * which two were Ready on one remote workspace.
 */
public final class ReadyWatch implements AutoCloseable {
    private final Map<String, Workspace> present = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong readySeen = new AtomicLong();
    private final Watch watch;

    /**
     * @param client may watch all Workspaces
     */
    public ReadyWatch(KubernetesClient client) {
        watch = client.resources(Workspace.class).inAnyNamespace().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Workspace workspace) {
                seen(action, workspace);
            }

            @Override
            public void onClose(WatcherException cause) {
                violations.add("the watch ended: " + cause.getMessage());
            }
        });
    }

    private void seen(Watcher.Action action, Workspace workspace) {
        String uid = workspace.getMetadata().getUid();
        if (action == Watcher.Action.DELETED) {
            present.remove(uid);
            return;
        }
        present.put(uid, workspace);
        if (!isReady(workspace)) {
            return;
        }
        readySeen.incrementAndGet();
        String id = workspace.getStatus().getWorkspaceId();
        Predicate<Workspace> same = other -> id.equals(other.getStatus().getWorkspaceId());
        List<String> holders = new ArrayList<>();
        present.values().stream()
                .filter(ReadyWatch::isReady)
                .filter(same)
                .forEach(other -> holders.add(other.getMetadata().getNamespace() + "/"
                        + other.getMetadata().getName() + " ("
                        + other.getMetadata().getUid() + ")"));
        if (holders.size() > 1) {
            violations.add(id + " is held by " + holders);
        }
    }

    /** Samples of other tests, with a status that somebody made up, stand for no remote workspace. */
    private static boolean isReady(Workspace workspace) {
        return workspace.getStatus() != null
                && workspace.getStatus().getWorkspaceId() != null
                && workspace.getStatus().getConditions() != null
                && workspace.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus() == ConditionStatus.TRUE);
    }

    /**
     * @return each moment in which two Workspaces were Ready on one remote workspace
     */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * @return how often a Ready Workspace was seen: 0 means that this watch proves nothing
     */
    public long readySeen() {
        return readySeen.get();
    }

    @Override
    public void close() {
        watch.close();
    }
}
