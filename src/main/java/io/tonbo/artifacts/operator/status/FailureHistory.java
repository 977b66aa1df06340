package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What one object's operations failed with since each last succeeded. Kept in memory: attempts start at one again after
 * a restart, while {@code firstSeen} is read back from {@code lastError}. Codes that take turns do not start the clock
 * again; only the operation's success does. Not safe for use by several threads; an object is reconciled by one at a time.
 */
public final class FailureHistory {
    private final Map<String, Failure> byOperation = new HashMap<>();
    private LastError inherited;
    private boolean heir = true;

    /**
     * Takes over what an earlier process wrote into the object's status, for the first failure that is the same. Counts
     * once: what the status says later this process wrote itself, and remembers better.
     *
     * @param lastError the status' {@code lastError}, or null
     */
    public void inherit(LastError lastError) {
        if (heir) {
            inherited = lastError;
            heir = false;
        }
    }

    /**
     * @param operation what failed, such as {@code reserve}
     * @param problem how it failed
     * @param now the time
     * @return the failure with its history
     */
    public Failure failed(String operation, Problem problem, Instant now) {
        Failure before = byOperation.get(operation);
        Failure failure = before == null
                ? first(problem, now)
                : new Failure(problem, before.firstSeen(), before.firstRequestId(), before.attempts() + 1);
        byOperation.put(operation, failure);
        return failure;
    }

    private Failure first(Problem problem, Instant now) {
        LastError earlier = inherited;
        inherited = null;
        boolean same = earlier != null
                && earlier.getFirstSeen() != null
                && problem.row().reason().equals(earlier.getReason());
        return same
                ? new Failure(problem, earlier.getFirstSeen(), earlier.getRequestId(), 1)
                : new Failure(problem, now, problem.requestId(), 1);
    }

    /**
     * @param operation an operation
     * @param now the time
     * @return for how long it has been failing; zero when it is not
     */
    public Duration age(String operation, Instant now) {
        Failure failure = byOperation.get(operation);
        return failure == null ? Duration.ZERO : failure.age(now);
    }

    /**
     * @param operation what succeeded: its failures are over
     */
    public void succeeded(String operation) {
        byOperation.remove(operation);
    }

    /** Everything succeeded. */
    public void clear() {
        byOperation.clear();
        inherited = null;
    }
}
