package io.tonbo.artifacts.operator.connection;

import java.time.Duration;

/**
 * The waiting times of this package.
 *
 * @param blockedAge oldest reading of a Secret that somebody is blocked on
 * @param settledAge oldest reading of a Secret that does its job
 * @param failureAge how long a failed reading is remembered before the next is tried
 * @param tokenFileAge oldest reading of the shared token's file
 * @param expiryLeeway how long after its {@code exp} a JWT is still tried, for clocks that differ
 * @param gateRetry wait between a token's first 401 and the one retry
 * @param gateProbe wait between the second 401 and the next attempt; doubles
 * @param gateProbeCap longest wait between attempts with a refused token
 * @param breakerDelay wait before the orchestrator is tried again after it was found out; doubles
 * @param breakerDelayCap longest such wait
 * @param pauseFirst wait after a 429 without {@code Retry-After}; doubles
 * @param pauseCap longest such wait, and longest wait that a full limiter gives
 * @param retryAfterCap longest {@code Retry-After} that is honoured
 */
public record ConnectionTimings(
        Duration blockedAge,
        Duration settledAge,
        Duration failureAge,
        Duration tokenFileAge,
        Duration expiryLeeway,
        Duration gateRetry,
        Duration gateProbe,
        Duration gateProbeCap,
        Duration breakerDelay,
        Duration breakerDelayCap,
        Duration pauseFirst,
        Duration pauseCap,
        Duration retryAfterCap) {
    /** What production uses. */
    public static final ConnectionTimings DEFAULT = new ConnectionTimings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10));

    /**
     * For tests that cannot wait.
     *
     * @param scale what every time but the JWT leeway is multiplied by, above 0
     * @return the scaled times
     */
    public ConnectionTimings scaled(double scale) {
        return new ConnectionTimings(
                times(blockedAge, scale),
                times(settledAge, scale),
                times(failureAge, scale),
                times(tokenFileAge, scale),
                expiryLeeway,
                times(gateRetry, scale),
                times(gateProbe, scale),
                times(gateProbeCap, scale),
                times(breakerDelay, scale),
                times(breakerDelayCap, scale),
                times(pauseFirst, scale),
                times(pauseCap, scale),
                times(retryAfterCap, scale));
    }

    private static Duration times(Duration duration, double scale) {
        return Duration.ofNanos(Math.max(1, Math.round(duration.toNanos() * scale)));
    }
}
