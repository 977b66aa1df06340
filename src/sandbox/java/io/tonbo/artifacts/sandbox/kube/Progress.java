package io.tonbo.artifacts.sandbox.kube;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells a person that something slow goes on: what, and for how many seconds. Plain lines, since it mostly runs below Maven,
 * where nothing is a terminal.
 */
final class Progress {
    private final PrintStream out;
    private final long interval;
    private String what = "";
    private long begun;
    private long told;

    /**
     * @param out where to tell it
     * @param interval how often to tell it
     */
    Progress(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval.toNanos();
    }

    void begin(String task) {
        what = task;
        begun = System.nanoTime();
        told = begun;
        say(task + " ...");
    }

    /** Call it often while the task goes on. */
    void tick() {
        long now = System.nanoTime();
        if (now - told >= interval) {
            told = now;
            say(what + ": " + seconds() + " s");
        }
    }

    /**
     * @return whole seconds since the task began
     */
    long seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }
}
