package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of a download on our side is not blamed on the server. */
class BinaryDownloadTest {
    @TempDir
    Path scratch;

    @Test
    void aFullDisk() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "Linux has a file that is always full");
        try (LoopbackReleases releases = new LoopbackReleases().complete(scratch)) {
            BinarySettings settings = new BinarySettings(
                    scratch,
                    new Platform("linux", "amd64"),
                    releases.kubernetes(),
                    releases.etcd(),
                    Duration.ofSeconds(3),
                    scratch,
                    "");
            PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            BinaryDownload download =
                    new BinaryDownload(settings, new PlainProgress(nobody, Duration.ofSeconds(5)), Patience.endless());
            assertThatThrownBy(() -> download.fetch(KubeBinary.KUBECTL, full))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is full at /dev/full");
        }
    }
}
