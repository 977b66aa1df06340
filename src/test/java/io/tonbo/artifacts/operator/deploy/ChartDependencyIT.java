package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as another's dependency, which that one has or has not. */
class ChartDependencyIT {
    @TempDir
    private Path umbrella;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsThereOnItsCondition(boolean enabled) throws IOException {
        Files.writeString(
                umbrella.resolve("Chart.yaml"),
                """
                apiVersion: v2
                name: platform
                version: 1.0.0
                dependencies:
                  - name: artifacts-operator
                    version: ">=0.0.0-0"
                    condition: artifacts-operator.enabled
                """);
        Files.writeString(
                umbrella.resolve("values.yaml"),
                """
                global: {registry: registry.example.com}
                artifacts-operator:
                  enabled: %s
                  image: {repository: registry.example.com/artifacts-operator}
                  orchestrator: {url: "https://orchestrator.example.com"}
                """
                        .formatted(enabled));
        Path charts = Files.createDirectories(umbrella.resolve("charts"));
        Files.createSymbolicLink(
                charts.resolve("artifacts-operator"), ProjectRoot.find().resolve(Chart.DIRECTORY));

        String rendered = Helm.offline()
                .run(List.of("template", "platform", umbrella.toString(), "--kube-version=1.31.0"))
                .orFail();

        assertThat(rendered.contains("kind: Deployment")).isEqualTo(enabled);
    }
}
