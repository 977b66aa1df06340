package io.tonbo.artifacts.operator.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back: when the one behind it is set back, waits end after their length all the same instead of
 * growing by the correction. For waiting only; the time of day it shows may then differ from the real one.
 */
public final class ForwardClock implements InstantSource {
    private final InstantSource clock;
    private Duration correction = Duration.ZERO;
    private Instant last = Instant.MIN;

    /**
     * @param clock the clock to follow
     */
    public ForwardClock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Instant instant() {
        Instant shown = clock.instant().plus(correction);
        if (shown.isBefore(last)) {
            correction = correction.plus(Duration.between(shown, last));
            shown = last;
        }
        last = shown;
        return shown;
    }
}
