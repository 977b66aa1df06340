package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.sandbox.orchestrator.CallObserver.Phase;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.redis.Reply;
import io.tonbo.artifacts.sandbox.s3.S3Observer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Hears of everything that an operator does to the orchestrator, the bucket, the metadata and Kubernetes at one and the same
 * moment of each: it has had its effect, and the operator does not know yet. Each such point has a name; the second of a name
 * is {@code name (2)}. A trap can be set at one of them.
 */
public final class EffectTap implements AutoCloseable {
    private static final Set<String> METADATA = Set.of("GET", "SETNX", "SET");

    private final World world;
    private final S3Observer.Subscription bucket;
    private final List<String> points = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private String trapAt;
    private Supplier<Reply> trap;
    private boolean sprung;
    private volatile Runnable beforeReserve = () -> {};

    /**
     * @param world whose orchestrator, bucket and metadata are tapped
     * @param kube what stands between the operator and the API server
     */
    public EffectTap(World world, KubeApiProxy kube) {
        this.world = world;
        world.orchestrator().observe((operation, workspace, status, phase) -> {
            if (phase == Phase.BEFORE_EFFECT && operation == Operation.RESERVE) {
                beforeReserve.run();
            }
            if (phase == Phase.AFTER_EFFECT_BEFORE_REPLY) {
                reached("orchestrator " + operation.name().toLowerCase(Locale.ROOT));
            }
        });
        bucket = world.s3().observe((method, name, key) -> reached("bucket " + object(method, key)));
        world.metadata()
                .afterEachCommand(command -> METADATA.contains(command.name())
                        ? reached("metadata " + command.name() + " " + record(command.key()))
                        : Reply.FORWARD);
        kube.afterEachWrite((call, status) ->
                call.resource().equals("leases") ? Reply.FORWARD : reached("kubernetes " + write(call)));
    }

    private static String object(String method, String key) {
        if (key.isEmpty() || key.endsWith("/")) {
            return key.isEmpty() ? "list" : "list volume";
        }
        return method.toLowerCase(Locale.ROOT)
                + (key.contains("/testing/") ? " test object" : " " + key.substring(key.indexOf('/') + 1));
    }

    private static String record(String key) {
        String rest = key.substring(key.indexOf(':') + 1);
        return rest.equals("setting") ? "setting" : rest.equals("i1") ? "root" : "trash";
    }

    private static String write(KubeCall call) {
        return call.method().toLowerCase(Locale.ROOT) + " " + call.resource()
                + (call.subresource().isEmpty() ? "" : "/" + call.subresource());
    }

    private Reply reached(String kind) {
        Supplier<Reply> now;
        synchronized (this) {
            int count = counts.merge(kind, 1, Integer::sum);
            String point = count == 1 ? kind : kind + " (" + count + ")";
            points.add(point);
            if (!point.equals(trapAt)) {
                return Reply.FORWARD;
            }
            now = trap;
            trapAt = null;
            sprung = true;
        }
        return now.get();
    }

    /** Starts to count anew, without a trap. */
    public synchronized void restart() {
        points.clear();
        counts.clear();
        trapAt = null;
        sprung = false;
    }

    /**
     * Starts to count anew, with a trap.
     *
     * @param point where
     * @param what is done there, on the thread that the reply waits for, and what becomes of the reply where a proxy has it
     */
    public synchronized void trap(String point, Supplier<Reply> what) {
        restart();
        trapAt = point;
        trap = what;
    }

    /**
     * @param what is done once a reserve has arrived at the orchestrator and before it has any effect; it may take its time
     */
    public void beforeReserve(Runnable what) {
        beforeReserve = what;
    }

    /**
     * @return whether the trap was reached
     */
    public synchronized boolean sprung() {
        return sprung;
    }

    /**
     * @return what was reached since the last start, in order
     */
    public synchronized List<String> points() {
        return List.copyOf(points);
    }

    /** Hears nothing any more. */
    @Override
    public void close() {
        world.orchestrator().observe((operation, workspace, status, phase) -> {});
        world.metadata().heal();
        bucket.close();
    }
}
