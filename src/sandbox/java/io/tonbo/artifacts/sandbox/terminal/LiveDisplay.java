package io.tonbo.artifacts.sandbox.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/**
 * A live list on a terminal: steps that run are drawn at the bottom again and again, what has ended scrolls up and stays.
 * The terminal's modes are left alone; all that must be given back is the cursor, which {@link #close()} does.
 */
public final class LiveDisplay implements Display {
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Size USUAL = new Size(80, 24);

    private final Terminal terminal;
    private final Theme theme;
    private final StepLines lines;
    private final Region region;
    private final List<LiveStep> running = new ArrayList<>();
    private final Ticker ticker;
    private Size size = USUAL;
    private int frame;
    private boolean closed;

    /**
     * @param terminal one that can move its cursor; closed with the display
     * @param out what the terminal shows
     * @param environment variables: NO_COLOR is honoured
     * @throws IOException if the terminal takes nothing
     */
    public LiveDisplay(Terminal terminal, OutputStream out, Map<String, String> environment) throws IOException {
        this.terminal = terminal;
        this.theme = Theme.of(terminal, environment);
        this.lines = new StepLines(theme);
        this.region = new Region(terminal, out);
        region.open();
        ticker = Ticker.every(FRAME, this::tick);
    }

    @Override
    public synchronized Step begin(String name, String doing) {
        LiveStep step = new LiveStep(name, doing);
        running.add(step);
        draw(List.of());
        return step;
    }

    @Override
    public synchronized void tell(String name, String detail) {
        draw(lines.told(name, detail, measured().getColumns()));
    }

    @Override
    public synchronized void say(String text) {
        draw(Stream.of(text.split("\n", -1)).map(AttributedString::new).toList());
    }

    private synchronized void tick() {
        frame++;
        if (!running.isEmpty()) {
            draw(List.of());
        }
    }

    private void draw(List<AttributedString> above) {
        if (closed) {
            return;
        }
        Size now = measured();
        try {
            region.draw(
                    above.stream().map(this::text).toList(),
                    running.stream()
                            // What does not fit the terminal could not be erased.
                            .limit(Math.max(1, now.getRows() - 1))
                            .map(step -> text(step.line(now.getColumns())))
                            .toList());
        } catch (IOException e) {
            // The terminal is gone: nobody looks any more.
            closed = true;
            ticker.close();
        }
    }

    private String text(AttributedString line) {
        return theme.colour() ? line.toAnsi(terminal) : line.toString();
    }

    private Size measured() {
        try {
            Size now = terminal.getSize();
            size = now.getColumns() > 0 && now.getRows() > 0 ? now : size;
        } catch (IllegalStateException e) {
            // Closed by the machine that shuts down: the last size is as good.
        }
        return size;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ticker.close();
        try {
            region.close();
            terminal.close();
        } catch (IOException | IllegalStateException e) {
            // It is gone, or being closed by the machine that shuts down.
        }
    }

    private void end(LiveStep step, List<AttributedString> result) {
        if (running.remove(step)) {
            draw(result);
        }
    }

    private final class LiveStep extends Step {
        LiveStep(String name, String doing) {
            super(name, doing);
        }

        private AttributedString line(int width) {
            return lines.running(name(), doing(), phaseAge(), frame, width);
        }

        @Override
        public void milestone(String what) {
            progress(what);
        }

        @Override
        public void done(String result) {
            synchronized (LiveDisplay.this) {
                end(this, lines.done(name(), result, age(), measured().getColumns()));
            }
        }

        @Override
        public void failed(String reason) {
            synchronized (LiveDisplay.this) {
                end(this, lines.failed(name(), reason, measured().getColumns()));
            }
        }
    }
}
