package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;
import java.time.Instant;

/**
 * A problem, seen over time: what an operation last failed with, and since when it has not succeeded.
 *
 * @param problem the latest failure
 * @param firstSeen when the first failure since the operation's last success happened
 * @param firstRequestId the request id of that first failure, for Tonbo support; null when there was none
 * @param attempts failures in a row, at least 1
 */
public record Failure(Problem problem, Instant firstSeen, String firstRequestId, int attempts) {

    /**
     * @param now the time
     * @return how long the operation has been failing, never negative
     */
    public Duration age(Instant now) {
        Duration age = Duration.between(firstSeen, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
