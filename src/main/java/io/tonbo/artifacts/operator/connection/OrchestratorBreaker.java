package io.tonbo.artifacts.operator.connection;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Stops calls to an orchestrator that is out for everybody: after five failures in a row that concern at least two
 * objects, since a single one that fails may have brought it on itself. Then one call at a time finds out whether it is
 * back. What counts as a failure is decided by the caller: no answer, or 502, 503, 504.
 */
public final class OrchestratorBreaker {
    private static final int FAILURES = 5;
    /** Times are kept here, by the injected clock, so that the circuit never moves on by its own. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final InstantSource clock;
    private final ConnectionTimings timings;
    private final RandomGenerator random;
    private final CircuitBreaker<Object> circuit = CircuitBreaker.builder()
            .withFailureThreshold(1)
            .withSuccessThreshold(1)
            .withDelay(NEVER)
            .build();
    private final List<Runnable> closeListeners = new CopyOnWriteArrayList<>();

    private int failuresInARow;
    private String firstFailed;
    private boolean severalFailed;
    private int openings;
    private Instant nextProbe = Instant.MIN;
    private long epoch;

    /**
     * @param clock the present
     * @param timings waits
     * @param random jitter; used by many threads
     */
    public OrchestratorBreaker(InstantSource clock, ConnectionTimings timings, RandomGenerator random) {
        this.clock = new ForwardClock(clock);
        this.timings = timings;
        this.random = random;
    }

    /**
     * @param listener run when the orchestrator is back, on the thread that found out; must be quick
     */
    public void onClose(Runnable listener) {
        closeListeners.add(listener);
    }

    /**
     * @return whether calls are stopped, be it but for the one that finds out
     */
    public synchronized boolean open() {
        return !circuit.isClosed();
    }

    /** Zero when a call may be made. */
    synchronized Duration waitTime() {
        if (circuit.isClosed()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), nextProbe);
        if (left.compareTo(Duration.ZERO) > 0) {
            return left.plus(aMoment());
        }
        return circuit.isHalfOpen() ? timings.breakerDelay().dividedBy(5).plus(aMoment()) : Duration.ZERO;
    }

    private Duration aMoment() {
        return Duration.ofNanos((long) (timings.breakerDelay().toNanos() * 0.2 * random.nextDouble()));
    }

    /** Leave to make a call; empty when there is none, as somebody else is finding out. */
    synchronized Optional<Pass> enter() {
        if (!waitTime().isZero()) {
            return Optional.empty();
        }
        if (circuit.isOpen()) {
            circuit.halfOpen();
        }
        boolean probe = circuit.isHalfOpen();
        return circuit.tryAcquirePermit() ? Optional.of(new Pass(epoch, probe)) : Optional.empty();
    }

    /** The orchestrator answered, whatever it said. */
    void succeeded(Pass pass) {
        if (succeededClosing(pass)) {
            closeListeners.forEach(Runnable::run);
        }
    }

    private synchronized boolean succeededClosing(Pass pass) {
        if (pass.epoch() != epoch) {
            return false;
        }
        failuresInARow = 0;
        if (!pass.probe()) {
            return false;
        }
        circuit.recordSuccess();
        openings = 0;
        epoch++;
        return true;
    }

    /** It did not. */
    synchronized void failed(Pass pass, String resource) {
        if (pass.epoch() != epoch) {
            return;
        }
        if (pass.probe() || tooMany(resource)) {
            openings++;
            reopen();
        }
    }

    private boolean tooMany(String resource) {
        if (failuresInARow == 0) {
            firstFailed = resource;
            severalFailed = false;
        }
        failuresInARow++;
        severalFailed |= !resource.equals(firstFailed);
        return failuresInARow >= FAILURES && severalFailed;
    }

    /** The call was not made, or says nothing about the orchestrator. */
    synchronized void unsure(Pass pass) {
        if (pass.probe() && pass.epoch() == epoch) {
            reopen();
        }
    }

    private void reopen() {
        circuit.recordFailure();
        failuresInARow = 0;
        epoch++;
        nextProbe = clock.instant()
                .plus(Backoff.doubled(timings.breakerDelay(), timings.breakerDelayCap(), openings, random));
    }
}
