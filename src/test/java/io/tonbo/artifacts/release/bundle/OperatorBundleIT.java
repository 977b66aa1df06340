package io.tonbo.artifacts.release.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.release.image.Command;
import io.tonbo.artifacts.release.image.ImageSettings;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle as the Operator Framework's own validation sees it. */
class OperatorBundleIT {
    /**
     * Warnings that say nothing of the bundle: events are of events.k8s.io/v1, and it is the older version that is gone; and the
     * validator's set of checks has a successor that this program does not offer.
     */
    private static final List<String> BESIDE_THE_POINT =
            List.of("Migrate the API(s) for events:", "validator is deprecated");

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        ImageSettings image = new ImageSettings(
                "",
                "registry.example.com/artifacts-operator:1.2.3",
                "1.2.3",
                "",
                "",
                Instant.parse("2026-11-01T00:00:00Z"),
                true);
        new OperatorBundle(ProjectRoot.find(), image, new Publisher("https://example.com", "operators@example.com"))
                .write(directory);
    }

    private String verdict() throws IOException {
        Command.Result verdict = Command.run(List.of(
                GoTool.OPERATOR_VERIFY.path().toString(),
                "manifests",
                "--operatorhub_validate",
                "--object_validate",
                directory.resolve("manifests").toString()));
        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        return verdict.output();
    }

    @Test
    void isValidWithoutAWarning() throws Exception {
        assertThat(verdict().lines().filter(line -> BESIDE_THE_POINT.stream().noneMatch(line::contains)))
                .isEmpty();
    }

    @Test
    void aFaultWouldBeSeen() throws Exception {
        Path version = directory.resolve("manifests/artifacts-operator.clusterserviceversion.yaml");
        Files.writeString(version, Files.readString(version).replace("version: \"v1alpha1\"", "version: \"v1beta9\""));

        assertThat(verdict()).contains("owned CRD", "v1beta9", "not found in bundle");
    }
}
