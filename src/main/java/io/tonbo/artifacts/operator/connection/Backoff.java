package io.tonbo.artifacts.operator.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Doubling waits with a cap. */
public final class Backoff {
    private Backoff() {}

    /**
     * @param first the first wait
     * @param cap the longest
     * @param attempt 1 for the first
     * @param random where the jitter comes from
     * @return the wait: 90 to 100 percent of first x 2^(attempt - 1), at most the cap
     */
    public static Duration doubled(Duration first, Duration cap, int attempt, RandomGenerator random) {
        double nanos = Math.min((double) cap.toNanos(), first.toNanos() * Math.pow(2, Math.min(attempt - 1, 60)));
        return Duration.ofNanos(Math.max(1, Math.round(nanos * (0.9 + 0.1 * random.nextDouble()))));
    }
}
