package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        assertThat(PlainReason.of(new UncheckedIOException("Redis did not start in /tmp/redis", (IOException) failure)))
                .isEqualTo("Redis did not start in /tmp/redis: the disk is full: free some space");
        assertThat(PlainReason.of(new FileSystemException("/home/dev/etcd", null, "Disk quota exceeded")))
                .isEqualTo("the disk is full at /home/dev/etcd: free some space");
    }

    @Test
    void aDirectoryThatMayNotBeWritten() {
        assertThat(PlainReason.of(new UncheckedIOException(
                        "/home/dev/.kubeapitest/k8s cannot be filled",
                        new AccessDeniedException("/home/dev/.kubeapitest"))))
                .isEqualTo("/home/dev/.kubeapitest/k8s cannot be filled: nothing may be written at"
                        + " /home/dev/.kubeapitest: change its permissions");
        assertThat(PlainReason.of(new FileSystemException("/mnt/parts", null, "Read-only file system")))
                .isEqualTo("nothing may be written at /mnt/parts: change its permissions");
    }

    @Test
    void aProgramThatMayNotBeRunIsNoSuchDirectory() {
        assertThat(PlainReason.of(new UncheckedIOException(
                        "etcd did not start",
                        new IOException("Cannot run program \"/mnt/etcd\": error=13, Permission denied"))))
                .isEqualTo("etcd did not start: Cannot run program \"/mnt/etcd\": error=13, Permission denied");
    }

    @Test
    void whatALogSaysIsNotTakenForTheReason() {
        String obituary =
                "etcd ended with exit code 2; the end of its log:\nmkdir /x: permission denied\nnot a directory";
        assertThat(PlainReason.of(new IllegalStateException(obituary))).isEqualTo(obituary);
        String full = "go build etcd ended with exit code 1; the end of its log:\nwrite: no space left on device";
        assertThat(PlainReason.of(new UncheckedIOException(new IOException(full))))
                .isEqualTo(full);
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
    void aFileThatIsNotThere() {
        assertThat(PlainReason.of(new UncheckedIOException("no CRDs", new NoSuchFileException("deploy/crds"))))
                .isEqualTo("no CRDs: deploy/crds is not there");
    }

    @Test
    void theAuthorsWordsWhereThereAreSome() {
        assertThat(PlainReason.of(new IllegalStateException("another sandbox runs here")))
                .isEqualTo("another sandbox runs here");
        assertThat(PlainReason.of(new IllegalStateException("the S3 server did not start", new IOException("bind"))))
                .isEqualTo("the S3 server did not start");
        assertThat(PlainReason.of(new RuntimeException(new IOException("connection reset"))))
                .isEqualTo("connection reset");
        assertThat(PlainReason.of(new NullPointerException())).isEqualTo("NullPointerException");
    }
}
