package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.time.Duration;

/**
 * How long somebody waits for downloads, all of them together. Past that time they go on only if, at the speed so far, they
 * will be through soon.
 */
final class Patience {
    private static final long ALL_BYTES = 250_000_000;

    private final Duration wait;
    private final Duration longest;
    private final long begun = System.nanoTime();
    private long complete;

    private Patience(Duration wait, Duration longest) {
        this.wait = wait;
        this.longest = longest;
    }

    /**
     * @return patience without an end
     */
    static Patience endless() {
        return new Patience(null, null);
    }

    /**
     * @param wait how long without asking
     * @param longest how long if the downloads will be through by then
     * @return the patience of somebody who can do without
     */
    static Patience of(Duration wait, Duration longest) {
        return new Patience(wait, longest);
    }

    /**
     * @return whether there is no end to it
     */
    boolean isEndless() {
        return wait == null;
    }

    /** A file of so many bytes is complete. */
    void arrived(long bytes) {
        complete += bytes;
    }

    /**
     * @param host who sends
     * @param present bytes of the present file that are there
     * @throws IOException if it takes too long; says how long it would take
     */
    void check(String host, long present) throws IOException {
        if (isEndless()) {
            return;
        }
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        if (passed.compareTo(wait) < 0) {
            return;
        }
        long bytes = complete + present;
        if (bytes == 0) {
            throw new IOException(host + " sent nothing in " + wait.toSeconds() + " s");
        }
        double whole = passed.toMillis() / 1000.0 * Math.max(ALL_BYTES, bytes) / bytes;
        if (whole > longest.toSeconds()) {
            throw new IOException("downloading the %d MB from %s would take about %d min"
                    .formatted(ALL_BYTES / 1_000_000, host, Math.max(1, Math.round(whole / 60))));
        }
    }
}
