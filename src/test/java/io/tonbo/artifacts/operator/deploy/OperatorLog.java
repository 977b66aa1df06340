package io.tonbo.artifacts.operator.deploy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** What operators of this JVM log, with the messages of exceptions. */
final class OperatorLog implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler handler = new Capture();

    /** Listens from now on. */
    OperatorLog() {
        root.addHandler(handler);
    }

    private final class Capture extends Handler {
        @Override
        public void publish(LogRecord line) {
            StringBuilder text = new StringBuilder(new SimpleFormatter().formatMessage(line));
            for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
                text.append("; ").append(cause.getMessage());
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Waits for a line that has all of these. */
    void untilItSays(String... parts) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> lines.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    /** Stops listening. */
    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
