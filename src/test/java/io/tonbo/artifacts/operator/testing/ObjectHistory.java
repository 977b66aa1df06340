package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Every version of every Workspace, or of every MountSession, of a namespace that a watch showed, in order: what a dashboard or {@code kubectl wait}
 * would have seen, including what passes too quickly for polling.
 */
public final class ObjectHistory<R extends CustomResource<?, ?>> implements AutoCloseable {
    private final Map<String, List<R>> versions = new HashMap<>();
    private final Map<String, Boolean> gone = new HashMap<>();
    private final SharedIndexInformer<R> informer;

    /**
     * @param client a client that may watch
     * @param type whether Workspaces or MountSessions
     * @param namespace whose
     */
    public ObjectHistory(KubernetesClient client, Class<R> type, String namespace) {
        informer = client.resources(type).inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(R object) {
                add(object, false);
            }

            @Override
            public void onUpdate(R before, R now) {
                add(now, false);
            }

            @Override
            public void onDelete(R object, boolean unknown) {
                add(object, true);
            }
        });
    }

    private synchronized void add(R object, boolean deleted) {
        String name = object.getMetadata().getName();
        versions.computeIfAbsent(name, any -> new ArrayList<>()).add(object);
        gone.put(name, deleted);
    }

    /**
     * @param name an object's
     * @return its versions so far, oldest first
     */
    public synchronized List<R> of(String name) {
        return List.copyOf(versions.getOrDefault(name, List.of()));
    }

    /**
     * Waits until the newest version is as wanted.
     *
     * @param name an object's
     * @param wanted what it is to be like
     * @param what the same in words, for the failure
     * @param patience how long to wait at most
     * @return that version
     */
    public R await(String name, Predicate<R> wanted, String what, Duration patience) {
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
     * @param name an object's
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

    private synchronized R newest(String name) {
        List<R> all = versions.get(name);
        return all == null ? null : all.get(all.size() - 1);
    }

    @Override
    public void close() {
        informer.close();
    }
}
