package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;
import java.time.Instant;

/**
 * A problem, seen over time: what an operation last failed with, since when it has not succeeded, and for how long this
 * very problem has been in the way. The operation's time is what people are told; the problem's own decides how patient
 * the catalogue is with it.
 *
 * @param operation what failed, in lower case, such as {@code reserve}
 * @param problem the latest failure
 * @param firstSeen when the first failure since the operation's last success happened
 * @param firstRequestId the request id of that first failure, for Tonbo support; null when there was none
 * @param problemSince when this type of problem first stood in the operation's way since that success
 * @param attempts failures of this type since that success, at least 1; others in between count for themselves
 */
public record Failure(
        String operation,
        Problem problem,
        Instant firstSeen,
        String firstRequestId,
        Instant problemSince,
        int attempts) {

    /**
     * @param now the time
     * @return how long the operation has been failing, never negative
     */
    public Duration age(Instant now) {
        return between(firstSeen, now);
    }

    /**
     * @param now the time
     * @return how long this type of problem has been known, never negative: what grace, escalation and backoff go by
     */
    public Duration problemAge(Instant now) {
        return between(problemSince, now);
    }

    /** The clock may have been set back meanwhile. */
    static Duration between(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
