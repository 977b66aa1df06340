package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
