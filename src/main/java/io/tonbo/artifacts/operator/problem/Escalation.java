package io.tonbo.artifacts.operator.problem;

import java.time.Duration;

/**
 * When a warning becomes an error: at whichever bound is reached first.
 *
 * @param after time since the first failure, positive; null if time does not matter
 * @param fromAttempt number of the failure (the first is 1) that is an error, at least 2; null if the count does not matter
 */
public record Escalation(Duration after, Integer fromAttempt) {
    /**
     * @throws IllegalArgumentException if both bounds are absent or one is out of range
     */
    public Escalation {
        if (after == null && fromAttempt == null) {
            throw new IllegalArgumentException("escalation needs 'after' or 'fromAttempt'");
        }
        if (after != null && (after.isNegative() || after.isZero())) {
            throw new IllegalArgumentException("escalation.after must be positive, not " + after);
        }
        if (fromAttempt != null && fromAttempt < 2) {
            throw new IllegalArgumentException("escalation.fromAttempt must be at least 2, not " + fromAttempt);
        }
    }

    /**
     * @param attempt failures so far, this one included
     * @param sinceFirstSeen time since the first failure
     * @return whether one of the bounds is reached
     */
    public boolean reached(int attempt, Duration sinceFirstSeen) {
        return (fromAttempt != null && attempt >= fromAttempt)
                || (after != null && sinceFirstSeen.compareTo(after) >= 0);
    }
}
