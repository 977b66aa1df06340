package io.tonbo.artifacts.operator.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, for everybody in a simulation; it passes when the simulation says so. */
public final class SimulatedClock implements InstantSource {
    /** In the past, so that whoever looks at another clock shows. */
    public static final Instant START = Instant.parse("2021-03-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * @param time the time from now on; not before the present one
     */
    public void moveTo(Instant time) {
        if (time.isBefore(now)) {
            throw new IllegalArgumentException("time does not go back from " + now + " to " + time);
        }
        now = time;
    }

    /**
     * @param time how long ago the simulation is to have begun
     * @return the moment
     */
    public static Instant after(Duration time) {
        return START.plus(time);
    }
}
