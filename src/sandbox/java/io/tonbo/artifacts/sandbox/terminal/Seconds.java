package io.tonbo.artifacts.sandbox.terminal;

import java.time.Duration;
import java.util.Locale;

/** How a time is written: {@code 0.4 s}, {@code 61 s}, {@code 12 min 3 s}. */
final class Seconds {
    private Seconds() {}

    static String tenths(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static String whole(Duration time) {
        return time.toMinutes() >= 2
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
