package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second sandbox in the same clone would take the first one's kubeconfig away. */
class SandboxDirectoryTest {
    @TempDir
    Path target;

    @Test
    void aSecondSandboxIsRefusedWhileTheFirstRuns() throws Exception {
        Path directory = target.resolve("sandbox");
        try (SandboxDirectory first = SandboxDirectory.open(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> SandboxDirectory.open(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another sandbox runs in " + directory)
                    .hasMessageContaining("Ctrl-C");
        }
        try (SandboxDirectory next = SandboxDirectory.open(directory)) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void aFullDiskIsSaidBeforeAnythingStarts() {
        Path directory = target.resolve("sandbox");
        assertThatThrownBy(() -> SandboxDirectory.open(directory, place -> 299_999_999L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is full: 299 MB are free at " + directory + ", and the sandbox needs 300 MB; free"
                        + " some space, or give the sandbox another place with -Dsandbox.directory=...");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPlaceThatCannotBeUsedIsNamedAndSoIsTheWayOut() throws Exception {
        Path file = Files.writeString(target.resolve("file"), "");
        assertThatThrownBy(() -> SandboxDirectory.open(file.resolve("sandbox")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a file is in the way at " + file)
                .hasMessageEndingWith(", or give the sandbox another place with -Dsandbox.directory=...");
    }

    @Test
    void nobodyElseLooksAtThePartsFiles() throws Exception {
        try (SandboxDirectory own = SandboxDirectory.open(target.resolve("sandbox"))) {
            own.writeKubeconfig("token: secret");
            assertThat(Files.getPosixFilePermissions(own.parts()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(own.kubeconfig()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void theOperatorRunsFromACopyThatABuildDoesNotTouch() throws Exception {
        Path application = Files.createDirectories(target.resolve("quarkus-app/lib"));
        Files.writeString(application.resolve("a.jar"), "old");
        try (SandboxDirectory own = SandboxDirectory.open(target.resolve("sandbox"))) {
            Path copy = own.copyOf(target.resolve("quarkus-app"));
            Files.writeString(application.resolve("a.jar"), "new");

            assertThat(copy.resolve("lib/a.jar")).hasContent("old");
            assertThat(own.copyOf(target.resolve("quarkus-app")).resolve("lib/a.jar"))
                    .hasContent("new");
        }
    }
}
