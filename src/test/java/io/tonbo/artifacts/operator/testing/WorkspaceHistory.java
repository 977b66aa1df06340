package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Every version of every Workspace of a namespace that a watch showed, in order: what a dashboard or {@code kubectl wait}
 * would have seen, including what passes too quickly for polling.
 */
public final class WorkspaceHistory implements AutoCloseable {
    private final Map<String, List<Workspace>> versions = new HashMap<>();
    private final Map<String, Boolean> gone = new HashMap<>();
    private final SharedIndexInformer<Workspace> informer;

    /**
     * @param client a client that may watch
     * @param namespace whose Workspaces
     */
    public WorkspaceHistory(KubernetesClient client, String namespace) {
        informer = client.resources(Workspace.class).inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Workspace workspace) {
                add(workspace, false);
            }

            @Override
            public void onUpdate(Workspace before, Workspace now) {
                add(now, false);
            }

            @Override
            public void onDelete(Workspace workspace, boolean unknown) {
                add(workspace, true);
            }
        });
    }

    private synchronized void add(Workspace workspace, boolean deleted) {
        String name = workspace.getMetadata().getName();
        versions.computeIfAbsent(name, any -> new ArrayList<>()).add(workspace);
        gone.put(name, deleted);
    }

    /**
     * @param name a Workspace's
     * @return its versions so far, oldest first
     */
    public synchronized List<Workspace> of(String name) {
        return List.copyOf(versions.getOrDefault(name, List.of()));
    }

    /**
     * Waits until the newest version is as wanted.
     *
     * @param name a Workspace's
     * @param wanted what it is to be like
     * @param what the same in words, for the failure
     * @param patience how long to wait at most
     * @return that version
     */
    public Workspace await(String name, Predicate<Workspace> wanted, String what, Duration patience) {
        Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                        newest(name))
                .as("%s is %s", name, what)
                .satisfies(newest -> assertThat(newest != null && wanted.test(newest))
                        .as(() -> newest == null ? "nothing" : String.valueOf(newest.getStatus()))
                        .isTrue()));
        return newest(name);
    }

    /**
     * Waits until the object is gone from the API.
     *
     * @param name a Workspace's
     * @param patience how long to wait at most
     */
    public void awaitGone(String name, Duration patience) {
        Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                        isGone(name))
                .as(() -> name + " is gone, not " + newest(name).getStatus())
                .isTrue());
    }

    private synchronized boolean isGone(String name) {
        return gone.getOrDefault(name, false);
    }

    private synchronized Workspace newest(String name) {
        List<Workspace> all = versions.get(name);
        return all == null ? null : all.get(all.size() - 1);
    }

    @Override
    public void close() {
        informer.close();
    }
}
