package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The manifests for those who install without Helm are what the chart renders. With {@code -Dartifacts.regenerate} they are
 * written first.
 */
class PlainManifestsIT {
    private static final String COMMAND =
            "./mvnw verify -Dsurefire.skip=true -Dit.test=PlainManifestsIT -Dartifacts.regenerate";

    /**
     * A Deployment's selector can never be changed, and the manifests had only the first of these labels in it before there was a
     * chart. Who has that Deployment can apply the next one.
     */
    private static final String SELECTOR =
            "(  selector:\n    matchLabels:\n      app.kubernetes.io/name: .*\n)(?: {6}app.kubernetes.io/.*\n)+";

    /** A file, and which templates it is rendered from. */
    enum Manifest {
        RBAC(
                "deploy/rbac/operator.yaml",
                """
                # What the operator may do: this and no more. The tests run it as this ServiceAccount.
                """,
                """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: artifacts-system
                  labels:
                    app.kubernetes.io/name: artifacts-operator
                    pod-security.kubernetes.io/enforce: restricted
                ---
                """,
                "serviceaccount",
                "rbac/operator",
                "rbac/lease"),
        EVERYWHERE(
                "deploy/rbac/watch-everywhere.yaml",
                """
                # In all namespaces. Leave this file out where the operator watches some only; docs/install.md says what is bound
                # instead.
                """,
                "",
                "rbac/watch-everywhere"),
        GUARD("deploy/rbac/guard.yaml", "", "", "admission/guard"),
        OPERATOR(
                "examples/operator.yaml",
                """
                # The operator itself, after kubectl apply -f deploy/crds -f deploy/rbac. Put in your image and your orchestrator's URL.
                # The shared connection is optional: a Secret artifacts-token with a key token, for namespaces that have no token of
                # their own.
                """,
                "",
                "deployment");

        private final Path file;
        private final String head;
        private final String first;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> templates;

        Manifest(String file, String head, String first, String... templates) {
            this.file = Path.of(file);
            this.head = head;
            this.first = first;
            this.templates = List.of(templates);
        }

        private String rendered() {
            String[] arguments = Stream.concat(
                            Stream.of(
                                    "--values=" + Chart.MINIMAL,
                                    "--set=image.tag=0.1.0,sharedConnection.existingSecret=artifacts-token",
                                    "--set=sharedConnection.namespaces={team-a,team-b}"),
                            templates.stream().map(template -> "--show-only=templates/" + template + ".yaml"))
                    .toArray(String[]::new);
            String objects = Chart.template(arguments)
                    .orFail()
                    // Nobody manages them but who applies them.
                    .replaceAll("(?m)^ *(app.kubernetes.io/managed-by|helm.sh/chart): .*\n", "")
                    .replaceAll("(?m)^# Source: .*\n", "")
                    .replaceFirst("^---\n", "")
                    .replaceFirst(SELECTOR, "$1");
            return "# Rendered from " + Chart.DIRECTORY + ". Do not edit; " + COMMAND + "\n# writes it anew.\n" + head
                    + first + objects;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aManifestIsWhatTheChartRenders(Manifest manifest) throws IOException {
        Path file = ProjectRoot.find().resolve(manifest.file);
        String rendered = manifest.rendered();
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.writeString(file, rendered);
        }

        assertThat(file)
                .as("%s differs from the chart; run: %s", manifest.file, COMMAND)
                .hasContent(rendered);
    }

    @Test
    void allOfTheRightsAreRendered() throws IOException {
        try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("deploy/rbac"))) {
            assertThat(files.map(file -> ProjectRoot.find().relativize(file)))
                    .isSubsetOf(Arrays.stream(Manifest.values())
                            .map(manifest -> manifest.file)
                            .toList());
        }
    }
}
