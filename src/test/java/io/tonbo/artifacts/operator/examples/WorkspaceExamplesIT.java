package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Workspaces among the examples that need no cloud, with nothing changed but the endpoint of the bucket. */
class WorkspaceExamplesIT {
    private static World world;
    private static String namespace;
    private static WorkspaceScene scene;
    private static InProcessOperator operator;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        world = World.start();
        namespace = world.cluster().newNamespace("examples");
        scene = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("team-data");
        Path shared = Files.writeString(directory.resolve("token"), world.token("operations"));
        Map<String, String> environment = world.environment();
        environment.put("ARTIFACTS_TOKEN_FILE", shared.toString());
        environment.put("ARTIFACTS_SHARED_CONNECTION_NAMESPACES", namespace);
        operator =
                InProcessOperator.start(SharedKubeCluster.operator().newClient(), environment, 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private static void apply(String example) throws IOException {
        String manifest = Files.readString(ProjectRoot.find().resolve(example));
        String endpoint = "endpoint: " + world.s3().endpoint();
        world.cluster()
                .kubectlAs(world.cluster().adminKubeconfig())
                .runWithInput(manifest.replaceAll("endpoint: .*", endpoint), "apply", "-n", namespace, "-f", "-")
                .orFail();
    }

    @Test
    void theLeastUsesTheOperatorsConnection() throws IOException {
        apply("examples/minimal.yaml");

        assertThat(scene.untilReady("minimal").getStatus().getAddress()).isEqualTo("artifacts://operations/minimal");
    }

    @Test
    void aBucketInTheCluster() throws IOException {
        apply("examples/minio.yaml");

        assertThat(scene.untilReady("minio").getStatus().getAddress()).isEqualTo("artifacts://ada/minio");
    }

    @Test
    void whatWasMadeElsewhereIsTakenOver() throws IOException {
        StoredWorkspace theirs = world.orchestrator()
                .admin()
                .makeAsCli(
                        "ada",
                        "made-elsewhere",
                        new StoredStorage("team-data", world.s3().endpoint().toString(), "eu-central-1", ""),
                        CliProgress.ACTIVE);
        world.s3().put("team-data", theirs.volumeName() + "/juicefs_uuid", "theirs".getBytes(StandardCharsets.UTF_8));

        apply("examples/adopt.yaml");

        assertThat(scene.untilReady("adopt").getStatus().getWorkspaceId()).isEqualTo(theirs.id());
    }

    @Test
    void whatIsSuspendedIsLeftInPeace() throws IOException {
        apply("examples/suspend.yaml");

        await().atMost(Duration.ofSeconds(30)).until(() -> scene.condition("suspend", "Ready")
                .filter(ready -> ready.getReason().equals("Suspended"))
                .isPresent());
        Workspace suspended = scene.get("suspend");
        assertThat(suspended.getStatus().getWorkspaceId()).isNull();
        assertThat(world.orchestrator().admin().workspace("ada", "suspend")).isEmpty();
    }
}
