package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last screen: commands to copy. SandboxIT runs them. */
class InvitationTest {
    private static final Path KUBECTL = Path.of("/home/dev/.kubeapitest/k8s/kubectl");
    private static final String STANDARD = "http://127.0.0.1:9000";

    @TempDir
    Path scratch;

    @Test
    void withKubectlOnThePath() throws Exception {
        Path kubectl = Files.writeString(scratch.resolve("kubectl"), "");
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        assertThat(commands(STANDARD, "target/sandbox/kubeconfig", "/nowhere::" + scratch, quickstart()))
                .containsExactly(
                        "export KUBECONFIG=target/sandbox/kubeconfig",
                        "kubectl get artifacts",
                        "kubectl describe workspace quickstart",
                        "kubectl describe mountsession quickstart",
                        "kubectl describe secret quickstart",
                        "kubectl apply -f examples/wrong-bucket.yaml",
                        "kubectl describe workspace wrong-bucket");
    }

    @Test
    void whoHasNoKubectlCanHaveTheSandboxs() {
        assertThat(commands(STANDARD, "kubeconfig", "/nowhere", quickstart()))
                .contains("export PATH=\"$PATH\":/home/dev/.kubeapitest/k8s");
    }

    @Test
    void aPathWithASpaceOrAQuoteIsOneWord() {
        assertThat(commands(STANDARD, "/home/Ada's own/kubeconfig", "", quickstart()))
                .contains("export KUBECONFIG='/home/Ada'\\''s own/kubeconfig'");
    }

    @Test
    void theMistakeNamesTheS3ServerThatThereIs() {
        assertThat(commands("http://127.0.0.1:40123", "kubeconfig", "", quickstart()))
                .contains("sed 's#http://127.0.0.1:9000#http://127.0.0.1:40123#' examples/wrong-bucket.yaml"
                        + " | kubectl apply -f -");
    }

    @Test
    void whatWasAppliedIsNamed() {
        MountSession session = named(new MountSession(), "agent");
        MountSessionSpec spec = new MountSessionSpec();
        spec.setSecretName("agent-volume");
        session.setSpec(spec);
        assertThat(commands(STANDARD, "kubeconfig", "", List.of(named(new Workspace(), "wrong-bucket"), session)))
                .containsSequence(
                        "kubectl describe workspace wrong-bucket",
                        "kubectl describe mountsession agent",
                        "kubectl describe secret agent-volume")
                .noneMatch(command -> command.contains("quickstart") || command.contains("apply"));
    }

    @Test
    void withoutKubectlNoneIsNamed() {
        String text = new Invitation(
                        Path.of("kubeconfig"), Optional.empty(), STANDARD, URI.create("http://page/"), quickstart(), "")
                .text();
        assertThat(text).contains("http://page/", "./mvnw -Psandbox -Dsandbox.kubernetes=real", "Ctrl-C");
        assertThat(text).doesNotContain("KUBECONFIG", "describe");
    }

    private static List<String> commands(
            String s3,
            String kubeconfig,
            String searchPath,
            List<CustomResource<?, ? extends ResourceStatus>> applied) {
        return new Invitation(
                        Path.of(kubeconfig), Optional.of(KUBECTL), s3, URI.create("http://page/"), applied, searchPath)
                .text()
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    private static List<CustomResource<?, ? extends ResourceStatus>> quickstart() {
        return List.of(named(new Workspace(), "quickstart"), named(new MountSession(), "quickstart"));
    }

    private static <R extends CustomResource<?, ?>> R named(R object, String name) {
        object.getMetadata().setName(name);
        return object;
    }
}
