package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when something failed: one line, no class names. */
class PlainReasonTest {
    @TempDir
    Path scratch;

    @Test
    void aFullDisk() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "Linux has a file that is always full");
        Throwable failure = catchThrowable(() -> Files.writeString(full, "too much"));
        assertThat(PlainReason.of(new UncheckedIOException("Redis did not start", (IOException) failure)))
                .isEqualTo("the disk is full: free some space there, or give the sandbox another place with"
                        + " -Dsandbox.directory=...");
    }

    @Test
    void aDirectoryThatMayNotBeWritten() {
        assertThat(PlainReason.of(new UncheckedIOException(
                        "it cannot be filled", new AccessDeniedException("/home/dev/.kubeapitest"))))
                .isEqualTo(
                        "nothing may be written at /home/dev/.kubeapitest: change its permissions, or give the sandbox"
                                + " another place with -Dsandbox.directory=...");
    }

    @Test
    void aFileWhereADirectoryIsToBe() throws Exception {
        Path file = Files.writeString(scratch.resolve("sandbox"), "");
        Throwable failure = catchThrowable(() -> Files.createDirectories(file));
        assertThat(PlainReason.of(failure)).isEqualTo("a file is in the way at " + file + ": a directory is needed");
        Throwable below = catchThrowable(() -> Files.createDirectories(file.resolve("sub/sandbox")));
        assertThat(PlainReason.of(below)).startsWith("a file is in the way at " + file);
    }

    @Test
    void theAuthorsWordsWhereThereAreSome() {
        assertThat(PlainReason.of(new IllegalStateException("another sandbox runs here")))
                .isEqualTo("another sandbox runs here");
        assertThat(PlainReason.of(new RuntimeException(new IOException("connection reset"))))
                .isEqualTo("connection reset");
        assertThat(PlainReason.of(new NullPointerException())).isEqualTo("NullPointerException");
    }
}
