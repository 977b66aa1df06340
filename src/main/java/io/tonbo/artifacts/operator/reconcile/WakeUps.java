package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.tonbo.artifacts.operator.connection.GuardedOrchestrator;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wakes the objects that wait for the orchestrator, or for their token to be accepted, as soon as that is over: one after
 * another, so that a long outage does not end in a stampede. Those that are Ready wait for nothing and sleep on.
 *
 * @param <R> the type of the objects
 */
public final class WakeUps<R extends HasMetadata> extends AbstractEventSource<Void, R> {
    /** Two hundred in a second; each account's limiter spreads their requests further. */
    private static final Duration APART = Duration.ofMillis(5);

    /** What an object waits for besides the time of its next attempt. */
    public enum Cause {
        /** Nothing that tells when it is over. */
        TIME,
        /** The orchestrator does not answer. */
        ORCHESTRATOR,
        /** The orchestrator refuses the token. */
        TOKEN;

        /**
         * @param problem what is in the way
         * @return what the object waits for
         */
        static Cause of(Problem problem) {
            if (problem.type() == ProblemType.UNAUTHORIZED) {
                return TOKEN;
            }
            boolean out =
                    problem.row().source() == Source.TRANSPORT || problem.type() == ProblemType.DELETION_KEEPS_FAILING;
            return out ? ORCHESTRATOR : TIME;
        }
    }

    private final Map<Cause, Set<ResourceID>> waiting;
    private final AtomicLong recoveries = new AtomicLong();
    private ExecutorService pace;

    /**
     * @param orchestrator tells when it is over
     */
    public WakeUps(GuardedOrchestrator orchestrator) {
        super(Void.class, "wake-ups");
        Map<Cause, Set<ResourceID>> byCause = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            byCause.put(cause, ConcurrentHashMap.newKeySet());
        }
        waiting = Collections.unmodifiableMap(byCause);
        orchestrator.onBack(() -> {
            recoveries.incrementAndGet();
            wake(Cause.ORCHESTRATOR);
        });
        // Whose token it was shows when they look: those whose token is still refused go on waiting.
        orchestrator.onTokenAccepted(token -> wake(Cause.TOKEN));
    }

    /**
     * @return how often the orchestrator has come back: a wait that began at another count is over
     */
    long recoveries() {
        return recoveries.get();
    }

    /**
     * @param object who waits
     * @param cause for what; nobody is woken for {@link Cause#TIME}
     */
    void add(ResourceID object, Cause cause) {
        if (cause != Cause.TIME) {
            waiting.get(cause).add(object);
        }
    }

    /**
     * @param object who does not wait any more
     */
    void remove(ResourceID object) {
        waiting.values().forEach(all -> all.remove(object));
    }

    private synchronized void wake(Cause cause) {
        if (pace == null) {
            return;
        }
        List<ResourceID> all = List.copyOf(waiting.get(cause));
        waiting.get(cause).removeAll(Set.copyOf(all));
        long delay = 0;
        for (ResourceID object : all) {
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, pace)
                    .execute(() -> getEventHandler().handleEvent(new Event(object)));
            delay += APART.toMillis();
        }
    }

    @Override
    public synchronized void start() {
        super.start();
        pace = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "wake-ups");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void stop() {
        super.stop();
        if (pace != null) {
            pace.shutdownNow();
            pace = null;
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R object) {
        return Set.of();
    }
}
