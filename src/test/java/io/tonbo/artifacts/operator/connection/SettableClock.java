package io.tonbo.artifacts.operator.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when a test says so. */
final class SettableClock implements InstantSource {
    static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    void advance(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }
}
