package io.tonbo.artifacts.operator.problem;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When to try again. It never gives up: after the opening delays it backs off from {@code first} by {@code factor} up to
 * {@code cap}, with full jitter above a floor of half of {@code first}.
 *
 * @param opening delays before the first retries, in order, not negative; zero is "at once"; empty for none
 * @param first upper bound of the first delay after the opening, positive
 * @param factor growth from one delay to the next, at least 1
 * @param cap largest delay, at least {@code first}
 * @param later what replaces {@code first} and {@code cap} once the problem has lasted; null if nothing does
 */
public record RetryPolicy(List<Duration> opening, Duration first, int factor, Duration cap, Later later) {
    /** The longest that a server's Retry-After is honoured. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    /** Added to delays that must not be shortened, so that those who wait together do not come back together: a tenth. */
    private static final int SPREAD = 10;

    /**
     * The phase of a problem that lasts.
     *
     * @param after time since the first failure at which it begins, positive
     * @param first upper bound of the first delay in it, positive
     * @param cap largest delay in it, at least {@code first}
     */
    public record Later(Duration after, Duration first, Duration cap) {
        /**
         * @throws IllegalArgumentException if a value is out of range
         */
        public Later {
            requirePositive("retry.later.after", after);
            requireBackoff("retry.later", first, cap);
        }
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public RetryPolicy {
        opening = opening == null ? List.of() : List.copyOf(opening);
        if (opening.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("retry.opening must not be negative: " + opening);
        }
        requireBackoff("retry", first, cap);
        if (factor < 1) {
            throw new IllegalArgumentException("retry.factor must be at least 1, not " + factor);
        }
    }

    /**
     * The delay before the next try. Total: any input gives a delay between zero and the largest of {@link #longest()} and
     * {@link #LONGEST_RETRY_AFTER}.
     *
     * @param attempt failures of this kind so far, this one included; below 1 counts as 1
     * @param sinceFirstSeen time since the first failure of this kind since the last success; null or negative counts as zero
     * @param retryAfter what the server asked for, or null; the delay is not shorter, up to {@link #LONGEST_RETRY_AFTER}
     * @param random source of the jitter
     * @return the delay, never negative
     */
    public Duration nextDelay(int attempt, Duration sinceFirstSeen, Duration retryAfter, RandomGenerator random) {
        Duration own = ownDelay(Math.max(1, attempt), orZero(sinceFirstSeen), random);
        if (retryAfter == null || retryAfter.isNegative() || retryAfter.isZero()) {
            return own;
        }
        Duration asked = asked(retryAfter, random);
        return own.compareTo(asked) > 0 ? own : asked;
    }

    /**
     * @return the longest delay this policy gives without a Retry-After, the spread of opening delays left out
     */
    public Duration longest() {
        return later == null || later.cap().compareTo(cap) < 0 ? cap : later.cap();
    }

    private Duration ownDelay(int attempt, Duration since, RandomGenerator random) {
        if (later != null && since.compareTo(later.after()) >= 0) {
            return jittered(later.first(), grownByTime(since.minus(later.after())), random);
        }
        if (attempt <= opening.size()) {
            return spread(opening.get(attempt - 1), random);
        }
        return jittered(first, grownByCount(attempt - opening.size()), random);
    }

    private Duration grownByCount(int attempt) {
        double factorSoFar = Math.pow(factor, attempt - 1.0);
        // Infinity is fine here: only the smaller of the two counts.
        double millis = Math.min((double) cap.toMillis(), (double) first.toMillis() * factorSoFar);
        return Duration.ofMillis((long) millis);
    }

    /**
     * A backoff that grows by a factor f has waited first * (f^n - 1) / (f - 1) after n tries and waits first * f^n next;
     * so the time spent tells the next delay, without a counter that a restart would lose.
     */
    private Duration grownByTime(Duration inPhase) {
        if (inPhase.compareTo(later.cap()) >= 0 && factor > 1) {
            return later.cap();
        }
        Duration grown = later.first().plus(inPhase.multipliedBy(factor - 1L));
        return grown.compareTo(later.cap()) > 0 ? later.cap() : grown;
    }

    private static Duration jittered(Duration smallest, Duration bound, RandomGenerator random) {
        long floor = smallest.toMillis() / 2;
        return Duration.ofMillis(random.nextLong(floor, bound.toMillis() + 1));
    }

    private static Duration asked(Duration retryAfter, RandomGenerator random) {
        if (retryAfter.compareTo(LONGEST_RETRY_AFTER) >= 0) {
            // The server's figure is not met anyway, so spread below the bound.
            return LONGEST_RETRY_AFTER.minusMillis(random.nextLong(LONGEST_RETRY_AFTER.toMillis() / SPREAD));
        }
        Duration asked = spread(retryAfter, random);
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }

    private static Duration spread(Duration delay, RandomGenerator random) {
        return delay.plusMillis(random.nextLong(delay.toMillis() / SPREAD + 1));
    }

    private static Duration orZero(Duration duration) {
        return duration == null || duration.isNegative() ? Duration.ZERO : duration;
    }

    private static void requireBackoff(String field, Duration first, Duration cap) {
        requirePositive(field + ".first", first);
        requirePositive(field + ".cap", cap);
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(field + ".cap " + cap + " is less than first " + first);
        }
    }

    private static void requirePositive(String field, Duration duration) {
        if (duration == null || duration.toMillis() <= 0) {
            throw new IllegalArgumentException(field + " must be positive, not " + duration);
        }
    }
}
