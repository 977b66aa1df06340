package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is accepted as it is, without a warning. That the quickstart becomes Ready is shown by {@code SandboxIT}. */
class ExamplesIT {
    private static final Path EXAMPLES = ProjectRoot.find().resolve("examples");

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(EXAMPLES::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void theApiServerAccepts(Path manifest) {
        Kubectl.Result result = SharedKubeCluster.cluster()
                .kubectl(
                        "apply",
                        "--dry-run=server",
                        "-f",
                        EXAMPLES.resolve(manifest).toString());

        assertThat(result.orFail()).contains("(server dry run)");
        assertThat(result.errors()).as("warnings").isEmpty();
    }

    @Test
    void theIndexNamesEveryExample() throws IOException {
        assertThat(manifests()).isNotEmpty();
        assertThat(Files.readString(EXAMPLES.resolve("README.md")))
                .contains(manifests().stream().map(file -> "](" + file + ")").toList());
    }

    @Test
    void everyExampleSaysWhatItShows() throws IOException {
        for (Path manifest : manifests()) {
            assertThat(Files.readString(EXAMPLES.resolve(manifest)))
                    .as(manifest.toString())
                    .startsWith("# ");
        }
    }
}
