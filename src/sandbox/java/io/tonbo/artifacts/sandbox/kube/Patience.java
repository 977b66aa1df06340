package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long somebody waits for downloads, all of them together. Past that time they go on only if, at the speed so far, they
 * will be through soon.
 */
final class Patience {
    private static final long MEGABYTE = 1_000_000;

    private final Duration wait;
    private final Duration longest;
    private final LongSupplier clock;
    private final long begun;
    private final Map<KubeBinary, Long> sizes = new ConcurrentHashMap<>();
    private long complete;

    private Patience(Duration wait, Duration longest, LongSupplier clock) {
        this.wait = wait;
        this.longest = longest;
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    /**
     * @return patience without an end
     */
    static Patience endless() {
        return new Patience(null, null, System::nanoTime);
    }

    /**
     * @param wait how long without asking
     * @param longest how long if the downloads will be through by then
     * @return the patience of somebody who can do without
     */
    static Patience of(Duration wait, Duration longest) {
        return of(wait, longest, System::nanoTime);
    }

    /** The same by another clock, in nanoseconds. */
    static Patience of(Duration wait, Duration longest, LongSupplier clock) {
        return new Patience(wait, longest, clock);
    }

    /**
     * @return whether there is no end to it
     */
    boolean isEndless() {
        return wait == null;
    }

    /**
     * @return whether the time without asking is over
     */
    boolean isOver() {
        return !isEndless() && passed().compareTo(wait) >= 0;
    }

    private Duration passed() {
        return Duration.ofNanos(clock.getAsLong() - begun);
    }

    /** These are to be downloaded, each about as large as they usually are. */
    void expect(Collection<KubeBinary> binaries) {
        binaries.forEach(binary -> sizes.put(binary, binary.usualDownload()));
    }

    /** This download has so many bytes. */
    void size(KubeBinary binary, long bytes) {
        sizes.put(binary, bytes);
    }

    /** This download of so many bytes is complete. */
    void arrived(KubeBinary binary, long bytes) {
        size(binary, bytes);
        complete += bytes;
    }

    /**
     * @param host who sends
     * @param present bytes of the present file that are there
     * @throws IOException if it takes too long; says how long it would take
     */
    void check(String host, long present) throws IOException {
        if (!isOver()) {
            return;
        }
        long bytes = complete + present;
        if (bytes == 0) {
            throw new IOException(host + " sent nothing in " + wait.toSeconds() + " s");
        }
        long all = Math.max(
                bytes, sizes.values().stream().mapToLong(Long::longValue).sum());
        double whole = passed().toMillis() / 1000.0 * all / bytes;
        if (whole > longest.toSeconds()) {
            throw new IOException("downloading %d MB from %s would take about %d min"
                    .formatted(Math.max(1, all / MEGABYTE), host, Math.max(1, Math.round(whole / 60))));
        }
    }
}
