package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.telemetry.Label;
import java.time.Duration;

/** A call was not made, since it would not help or is not allowed yet: come back after {@link #waitTime()}. */
public final class NotNow extends Exception {
    /** Why. */
    public enum Why implements Label {
        /** The orchestrator is out for everybody. */
        ORCHESTRATOR_OUT,
        /** The orchestrator refuses the token. */
        TOKEN_REFUSED,
        /** The account has used up its budget, or the orchestrator asked it to slow down. */
        RATE_LIMITED;
    }

    private final Why why;
    private final Duration waitTime;

    /**
     * @param why why
     * @param waitTime when to come back, above zero
     */
    public NotNow(Why why, Duration waitTime) {
        super(why + ", again in " + waitTime, null, false, false);
        this.why = why;
        this.waitTime = waitTime;
    }

    /**
     * @return why
     */
    public Why why() {
        return why;
    }

    /**
     * @return when to come back, above zero, already spread among those who wait
     */
    public Duration waitTime() {
        return waitTime;
    }
}
