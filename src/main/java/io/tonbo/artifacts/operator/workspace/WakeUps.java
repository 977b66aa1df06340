package io.tonbo.artifacts.operator.workspace;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.GuardedOrchestrator;
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
 * Wakes the Workspaces that wait for the orchestrator, or for their token to be accepted, as soon as that is over: one after
 * another, so that a long outage does not end in a stampede. Those that are Ready wait for nothing and sleep on.
 */
final class WakeUps extends AbstractEventSource<Void, Workspace> {
    /** Two hundred in a second; each account's limiter spreads their requests further. */
    private static final Duration APART = Duration.ofMillis(5);

    /** What a Workspace waits for besides the time of its next attempt. */
    enum Cause {
        /** Nothing that tells when it is over. */
        TIME,
        /** The orchestrator does not answer. */
        ORCHESTRATOR,
        /** The orchestrator refuses the token. */
        TOKEN
    }

    private final Map<Cause, Set<ResourceID>> waiting;
    private final AtomicLong recoveries = new AtomicLong();
    private ExecutorService pace;

    /**
     * @param orchestrator tells when it is over
     */
    WakeUps(GuardedOrchestrator orchestrator) {
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
     * @param workspace who waits
     * @param cause for what; nobody is woken for {@link Cause#TIME}
     */
    void add(ResourceID workspace, Cause cause) {
        if (cause != Cause.TIME) {
            waiting.get(cause).add(workspace);
        }
    }

    /**
     * @param workspace who does not wait any more
     */
    void remove(ResourceID workspace) {
        waiting.values().forEach(all -> all.remove(workspace));
    }

    private synchronized void wake(Cause cause) {
        if (pace == null) {
            return;
        }
        List<ResourceID> all = List.copyOf(waiting.get(cause));
        waiting.get(cause).removeAll(Set.copyOf(all));
        long delay = 0;
        for (ResourceID workspace : all) {
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, pace)
                    .execute(() -> getEventHandler().handleEvent(new Event(workspace)));
            delay += APART.toMillis();
        }
    }

    @Override
    public synchronized void start() {
        super.start();
        pace = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "workspace-wake-ups");
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
    public Set<Void> getSecondaryResources(Workspace workspace) {
        return Set.of();
    }
}
