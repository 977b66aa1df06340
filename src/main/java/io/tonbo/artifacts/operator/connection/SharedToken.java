package io.tonbo.artifacts.operator.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The token of the shared connection, in a file that may change at any time: read again after a few seconds, rather than
 * trusting its modification time, which a mounted Secret may keep.
 */
public final class SharedToken {
    private static final int MAX_BYTES = 64 << 10;

    private final Path file;
    private final InstantSource clock;
    private final ConnectionTimings timings;
    private String text;
    private Instant readAt;

    /**
     * @param file the value of {@code ARTIFACTS_TOKEN_FILE}; null if there is no shared connection
     * @param clock the present
     * @param timings how old a reading may be
     */
    public SharedToken(Path file, InstantSource clock, ConnectionTimings timings) {
        this.file = file;
        this.clock = new ForwardClock(clock);
        this.timings = timings;
    }

    /**
     * @return the file's text, not trimmed and unchecked; empty if there is no file, or it cannot be read now
     */
    synchronized Optional<String> text() {
        Instant now = clock.instant();
        if (readAt == null || !now.isBefore(readAt.plus(timings.tokenFileAge()))) {
            text = read();
            readAt = now;
        }
        return Optional.ofNullable(text);
    }

    synchronized void forget() {
        readAt = null;
    }

    private String read() {
        if (file == null) {
            return null;
        }
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
