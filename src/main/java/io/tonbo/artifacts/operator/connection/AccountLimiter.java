package io.tonbo.artifacts.operator.connection;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What an account may spend: so many requests a second, two thirds of them for ordinary traffic, and none while the
 * orchestrator has asked for a pause. Never blocks; those who must wait are told different times, one after another at the
 * account's rate, so that they do not all come back at once.
 */
public final class AccountLimiter {
    private final InstantSource clock;
    private final ConnectionTimings timings;
    private final RandomGenerator random;
    private final long capacity;
    private final Bucket all;
    private final Bucket ordinary;
    private final Map<Priority, Duration> spacing = new EnumMap<>(Priority.class);
    private final Map<Priority, Instant> nextTurn = new EnumMap<>(Priority.class);
    private Instant pausedUntil = Instant.MIN;
    private int pauses;

    AccountLimiter(int requestsPerSecond, InstantSource clock, ConnectionTimings timings, RandomGenerator random) {
        this.clock = clock;
        this.timings = timings;
        this.random = random;
        this.capacity = requestsPerSecond;
        this.all = bucket(requestsPerSecond, requestsPerSecond, Duration.ofSeconds(1));
        this.ordinary = bucket(Math.max(1, requestsPerSecond * 2L / 3), requestsPerSecond * 2L, Duration.ofSeconds(3));
        this.spacing.put(Priority.ORDINARY, Duration.ofSeconds(3).dividedBy(requestsPerSecond * 2L));
        this.spacing.put(Priority.URGENT, Duration.ofSeconds(3).dividedBy(requestsPerSecond));
    }

    private Bucket bucket(long capacity, long refill, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                .withCustomTimePrecision(new ClockTime(clock))
                .build();
    }

    /**
     * Takes a request out of the budget, if it can.
     *
     * @param priority who asks
     * @return zero if the request may be made now, else when to come back
     */
    synchronized Duration tryAcquire(Priority priority) {
        Instant now = clock.instant();
        if (now.isBefore(pausedUntil)) {
            return turn(priority, now, pausedUntil);
        }
        long missing = all.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (priority == Priority.ORDINARY) {
            missing = Math.max(missing, ordinary.estimateAbilityToConsume(1).getNanosToWaitForRefill());
        }
        if (missing > 0) {
            return turn(priority, now, now.plusNanos(missing));
        }
        all.tryConsume(1);
        if (priority == Priority.ORDINARY) {
            ordinary.tryConsume(1);
        }
        return Duration.ZERO;
    }

    private Duration turn(Priority priority, Instant now, Instant earliest) {
        Instant turn = nextTurn.getOrDefault(priority, Instant.MIN);
        if (turn.isBefore(earliest)) {
            turn = earliest;
        }
        Duration wait = Duration.between(now, turn);
        Duration longest = Duration.between(now, earliest).plus(timings.pauseCap());
        if (wait.compareTo(longest) > 0) {
            // The queue is long: turns further out would keep those waiting who came back for nothing.
            return longest.minus(part(timings.pauseCap().dividedBy(2)));
        }
        nextTurn.put(priority, turn.plus(spacing.get(priority)));
        return wait.plus(part(spacing.get(priority))).plusNanos(1);
    }

    private Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }

    /**
     * 429: nobody on this account goes on before the pause is over.
     *
     * @param retryAfter what the orchestrator asks for; null or zero if it does not say
     */
    synchronized void pause(Duration retryAfter) {
        pauses++;
        Duration wait = retryAfter == null || retryAfter.isZero()
                ? Backoff.doubled(timings.pauseFirst(), timings.pauseCap(), pauses, random)
                : retryAfter;
        if (wait.compareTo(timings.retryAfterCap()) > 0) {
            wait = timings.retryAfterCap();
        }
        Instant until = clock.instant().plus(wait);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    /** What may be spent now, 0 to 1: nothing during a pause. */
    synchronized double available() {
        return clock.instant().isBefore(pausedUntil) ? 0 : Math.max(0, (double) all.getAvailableTokens()) / capacity;
    }

    /** A request went through. */
    synchronized void calm() {
        pauses = 0;
    }
}
