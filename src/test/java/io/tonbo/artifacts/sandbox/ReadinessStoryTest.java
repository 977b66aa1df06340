package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import io.tonbo.artifacts.sandbox.terminal.PlainDisplay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an object's way to Ready is told, and how it ends. */
@Timeout(60)
class ReadinessStoryTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path scratch;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PlainDisplay display = new PlainDisplay(new PrintStream(shown, true, StandardCharsets.UTF_8));
    private MockKubernetes kubernetes;
    private KubernetesClient client;
    private CustomResource<?, ? extends ResourceStatus> workspace;

    @BeforeEach
    void apply() {
        kubernetes = MockKubernetes.start(scratch);
        client = kubernetes.client();
        Path project = ProjectRoot.find();
        kubernetes.create(project.resolve("deploy/crds"));
        workspace = new DemoObjects(client, "default", DemoObjects.EXAMPLES_ENDPOINT)
                .create(DemoManifest.read(project.resolve("examples/quickstart/workspace.yaml"))
                        .get(0));
    }

    @AfterEach
    void stop() {
        display.close();
        kubernetes.close();
    }

    @Test
    void itEndsWithReady() throws Exception {
        patch("Ready", "True", "Active", "it is active");
        assertThat(follow(LONG, Optional.empty())).isEmpty();
        assertThat(shown()).contains("Ready=True Active: it is active");
    }

    @Test
    void somebodyMustAct() throws Exception {
        patch("Stalled", "True", "BucketNotFound", "there is no such bucket");
        assertThat(follow(LONG, Optional.empty())).hasValue("the operator has reported no failure");
        assertThat(shown()).contains("Stalled=True BucketNotFound", "failed: not Ready");
    }

    @Test
    void patienceEnds() throws Exception {
        assertThat(follow(Duration.ofSeconds(1), Optional.empty()))
                .hasValue("not Ready after 1 s; the operator has reported no failure");
    }

    @Test
    void nobodyIsLeftToMakeItReady() {
        String obituary = "the operator ended with exit code 137; the end of its log: ...";
        assertThatThrownBy(() -> follow(LONG, Optional.of(obituary)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(obituary);
        assertThat(shown()).contains("failed: not Ready");
    }

    private Optional<String> follow(Duration patience, Optional<String> obituary) throws InterruptedException {
        return new ReadinessStory(display.begin("Workspace", "waiting"), () -> obituary)
                .follow(client, workspace, patience);
    }

    private void patch(String type, String status, String reason, String message) {
        client.resource(workspace)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"status": {"conditions": [{"type": "%s", "status": "%s", "reason": "%s", "message": "%s",
                        "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1}]}}
                        """
                                .formatted(type, status, reason, message));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
