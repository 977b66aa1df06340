package io.tonbo.artifacts.operator.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps a token that the orchestrator refused with 401 from being tried over and over: one retry after 10 s, then one
 * call after 5 min, twice that and so on up to 30 min, until one is accepted. A changed token has another gate.
 */
public final class TokenGate {
    /**
     * A closed gate.
     *
     * @param since when the token was first refused
     * @param nextProbe when it is tried again
     * @param confirmed whether the retry was refused too
     */
    public record Closed(Instant since, Instant nextProbe, boolean confirmed) {}

    private final InstantSource clock;
    private final ConnectionTimings timings;
    private final RandomGenerator random;
    private int refusals;
    private Instant since;
    private Instant nextProbe;
    private boolean probing;
    private long epoch;

    TokenGate(InstantSource clock, ConnectionTimings timings, RandomGenerator random) {
        this.clock = clock;
        this.timings = timings;
        this.random = random;
    }

    /**
     * @return the closed gate; empty if calls may be made, be it only the one that is due to find out
     */
    public synchronized Optional<Closed> closed() {
        return waitTime().isZero() ? Optional.empty() : Optional.of(new Closed(since, nextProbe, refusals > 1));
    }

    /** Whether the token was refused, and not taken since. */
    synchronized boolean refusing() {
        return refusals > 0;
    }

    /** Zero when a call may be made. */
    synchronized Duration waitTime() {
        if (refusals == 0) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), nextProbe);
        if (left.compareTo(Duration.ZERO) > 0) {
            return left;
        }
        return probing ? timings.gateRetry() : Duration.ZERO;
    }

    /** Leave to make a call; empty when there is none, as somebody else is finding out. */
    synchronized Optional<Pass> enter() {
        if (!waitTime().isZero()) {
            return Optional.empty();
        }
        probing = refusals > 0;
        return Optional.of(new Pass(epoch, probing));
    }

    /** The orchestrator took the token; true if that opened the gate. */
    synchronized boolean accepted(Pass pass) {
        if (refusals == 0 || !counts(pass)) {
            return false;
        }
        refusals = 0;
        probing = false;
        epoch++;
        return true;
    }

    /** 401. */
    synchronized void refused(Pass pass) {
        if (!counts(pass)) {
            return;
        }
        Instant now = clock.instant();
        if (refusals == 0) {
            since = now;
            epoch++;
        }
        refusals++;
        probing = false;
        nextProbe = now.plus(
                refusals == 1
                        ? timings.gateRetry()
                        : Backoff.doubled(timings.gateProbe(), timings.gateProbeCap(), refusals - 1, random));
    }

    /** The call says nothing about the token. */
    synchronized void unsure(Pass pass) {
        if (pass.probe() && counts(pass)) {
            probing = false;
            nextProbe = clock.instant().plus(timings.gateRetry());
        }
    }

    private boolean counts(Pass pass) {
        return pass.epoch() == epoch;
    }
}
