package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Deployment that is shipped as an example runs the operator as it is documented, and as OperatorStartIT starts it. */
class OperatorManifestTest {
    private static final Path ROOT = ProjectRoot.find();
    private static final Path STARTED =
            Path.of("src/test/java/io/tonbo/artifacts/operator/runtime/OperatorStartIT.java");

    private final Container container = container();

    private static Container container() {
        try {
            Deployment deployment =
                    new KubernetesSerialization().unmarshal(text(Path.of("examples/operator.yaml")), Deployment.class);
            List<Container> containers =
                    deployment.getSpec().getTemplate().getSpec().getContainers();
            assertThat(containers).hasSize(1);
            return containers.get(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** What comes from the Pod is a name. */
    private Map<String, String> environment() {
        return container.getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom() == null ? variable.getValue() : "artifacts-operator-0"));
    }

    @Test
    void everyVariableIsOnTheInstallPage() throws IOException {
        String page = text(Path.of("docs/install.md"));

        assertThat(environment().keySet()).isNotEmpty().allSatisfy(name -> assertThat(page)
                .contains("`" + name + "`"));
    }

    @Test
    void theOperatorTakesItsConfiguration() {
        OperatorSettings settings = OperatorSettings.from(environment(), null);

        assertThat(settings.namespace()).isEqualTo("artifacts-operator-0");
        assertThat(container.getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .map(Path::of))
                .contains(settings.tokenFile().getParent());
    }

    @Test
    void javaTakesItsOptions() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder command = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("JAVA_TOOL_OPTIONS", environment().get("JAVA_TOOL_OPTIONS"));

        assertThat(command.start().waitFor()).isZero();
    }

    @Test
    void theProbesAskWhatAStartedOperatorAnswers() throws IOException {
        String started = text(STARTED);
        int port = container.getPorts().get(0).getContainerPort();
        String portName = container.getPorts().get(0).getName();

        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                        .map(Probe::getHttpGet))
                .allSatisfy(probe -> {
                    assertThat(started).contains("\"" + probe.getPath() + "\"");
                    assertThat(probe.getPort().getStrVal()).isEqualTo(portName);
                });
        assertThat(environment()).doesNotContainKey("QUARKUS_HTTP_PORT");
        assertThat(text(Path.of("docs/install.md")).lines())
                .anyMatch(row -> row.startsWith("| `QUARKUS_HTTP_PORT` |") && row.endsWith("| `" + port + "` |"));
    }
}
