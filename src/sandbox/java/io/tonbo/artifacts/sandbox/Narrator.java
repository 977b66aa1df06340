package io.tonbo.artifacts.sandbox;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells a person what happens, line by line, with the seconds since the start. Plain text: mostly it runs below Maven. */
final class Narrator {
    private final PrintStream out;
    private final long begun = System.nanoTime();

    /**
     * @param out where to tell it
     */
    Narrator(PrintStream out) {
        this.out = out;
    }

    /** Something that happened just now. */
    void tell(String what, String detail) {
        say(String.format(Locale.ROOT, "%5.1f s  %-14s %s", elapsed().toMillis() / 1000.0, what, detail));
    }

    /** A line as it is. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
