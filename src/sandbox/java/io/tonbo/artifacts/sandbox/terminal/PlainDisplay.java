package io.tonbo.artifacts.sandbox.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plain lines, each complete, with the seconds since the start: for logs, pipes and terminals that can do no more. A step is
 * a line when it is done; one that takes long tells so now and then.
 */
public final class PlainDisplay implements Display {
    private static final Duration SILENCE_AT_MOST = Duration.ofSeconds(5);

    private final PrintStream out;
    private final long silence;
    private final long begun = System.nanoTime();
    private final Set<PlainStep> running = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private boolean closed;

    /**
     * @param out where the lines go
     */
    public PlainDisplay(PrintStream out) {
        this(out, SILENCE_AT_MOST);
    }

    PlainDisplay(PrintStream out, Duration silence) {
        this.out = out;
        this.silence = silence.toNanos();
        ticker = Ticker.every(silence.dividedBy(5), () -> running.forEach(PlainStep::tellIfLong));
    }

    @Override
    public Step begin(String name, String doing) {
        PlainStep step = new PlainStep(name, doing);
        running.add(step);
        return step;
    }

    @Override
    public void tell(String name, String detail) {
        Duration now = Duration.ofNanos(System.nanoTime() - begun);
        say("%7s  %-14s %s".formatted(Seconds.tenths(now), name, detail));
    }

    @Override
    public synchronized void say(String text) {
        if (!closed) {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticker.close();
    }

    private final class PlainStep extends Step {
        private volatile long told = System.nanoTime();

        PlainStep(String name, String doing) {
            super(name, doing);
        }

        @Override
        public void milestone(String what) {
            phase(what);
            line(what);
        }

        @Override
        public void done(String result) {
            if (running.remove(this)) {
                line(result);
            }
        }

        @Override
        public void failed(String reason) {
            if (running.remove(this)) {
                line("failed: " + reason);
            }
        }

        private void line(String detail) {
            told = System.nanoTime();
            tell(name(), detail);
        }

        private void tellIfLong() {
            if (System.nanoTime() - told >= silence && running.contains(this)) {
                line(doing() + " (" + Seconds.whole(phaseAge()) + ")");
            }
        }
    }
}
