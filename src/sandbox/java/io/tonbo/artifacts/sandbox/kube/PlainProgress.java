package io.tonbo.artifacts.sandbox.kube;

import java.io.PrintStream;
import java.time.Duration;

/** Plain lines: what goes on, and for how many seconds. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final long interval;
    private String what = "";
    private String detail = "";
    private long begun;
    private long told;

    /**
     * @param out where to tell it
     * @param interval how often to tell it
     */
    PlainProgress(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval.toNanos();
    }

    @Override
    public void begin(String task) {
        what = task;
        detail = "";
        begun = System.nanoTime();
        told = begun;
        say(task + " ...");
    }

    @Override
    public void bytes(long arrived, long expected) {
        detail = Progress.words(arrived, expected) + ", ";
        tick();
    }

    @Override
    public void tick() {
        long now = System.nanoTime();
        if (now - told >= interval) {
            told = now;
            say(what + ": " + detail + seconds() + " s");
        }
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }
}
