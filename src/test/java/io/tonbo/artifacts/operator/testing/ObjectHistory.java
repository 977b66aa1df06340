package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
        notifyAll();
    }

    /**
     * @param name an object's
     * @return its versions so far, oldest first
     */
    public synchronized List<R> of(String name) {
        return List.copyOf(versions.getOrDefault(name, List.of()));
    }

    /**
     * @return every version of every object so far
     */
    public synchronized List<R> all() {
        return versions.values().stream().flatMap(List::stream).toList();
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
        return awaitOne(
                name, what, patience, () -> Optional.ofNullable(newest(name)).filter(wanted));
    }

    /**
     * Waits until a version, the newest or an older one, is as wanted.
     *
     * @param name an object's
     * @param wanted what it is to be like
     * @param what the same in words, for the failure
     * @param patience how long to wait at most
     * @return the oldest such version
     */
    public R awaitAny(String name, Predicate<R> wanted, String what, Duration patience) {
        return awaitOne(
                name, what, patience, () -> of(name).stream().filter(wanted).findFirst());
    }

    /**
     * Waits until the object is gone from the API.
     *
     * @param name an object's
     * @param patience how long to wait at most
     */
    public void awaitGone(String name, Duration patience) {
        awaitOne(name, "gone", patience, () -> Optional.ofNullable(newest(name)).filter(last -> gone.get(name)));
    }

    /** Looks again when a version comes, and only then: dozens of tests wait side by side. */
    private synchronized R awaitOne(String name, String what, Duration patience, Supplier<Optional<R>> sought) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<R> found = sought.get();
        try {
            for (long left = patience.toMillis(); found.isEmpty() && left > 0; left = millisUntil(deadline)) {
                wait(left);
                found = sought.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found.orElseThrow(() -> new AssertionError("%s is not %s after %d s: %s"
                .formatted(
                        name,
                        what,
                        patience.toSeconds(),
                        newest(name) == null ? "nothing" : newest(name).getStatus())));
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
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
