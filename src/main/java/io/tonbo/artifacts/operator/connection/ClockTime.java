package io.tonbo.artifacts.operator.connection;

import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.time.InstantSource;

/** An {@link InstantSource} as the nanoseconds that libraries count in. */
final class ClockTime implements TimeMeter {
    private final InstantSource clock;

    ClockTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long currentTimeNanos() {
        Instant now = clock.instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
