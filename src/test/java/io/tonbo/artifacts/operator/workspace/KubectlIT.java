package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Workspace from apply to delete by somebody who has the real kubectl, and an operator on the other side. */
class KubectlIT {
    private static World world;
    private static String namespace;
    private static WorkspaceScene scene;
    private static InProcessOperator operator;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("kubectl");
        scene = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("team-data");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    @Test
    void theQuickstartFromApplyToDelete() throws IOException {
        assertThat(apply("quickstart/workspace.yaml"))
                .isEqualToIgnoringNewLines("workspace.artifacts.tonbo.io/quickstart created");
        assertThat(ok("wait", "workspace/quickstart", "--for=condition=Ready", "--timeout=60s"))
                .contains("condition met");

        List<String> table = ok("get", "workspace", "quickstart").lines().toList();
        assertThat(table).hasSize(2);
        assertThat(table.get(0).split(" +")).containsExactly("NAME", "READY", "SEVERITY", "REASON", "AGE", "MESSAGE");
        assertThat(table.get(1))
                .matches("quickstart +True +Active +[0-9]+m?s? +artifacts://ada/quickstart is active; .*/[.]");
        assertThat(ok("get", "tws", "quickstart", "-o", "wide")).contains("artifacts://ada/quickstart", "active");
        assertThat(ok("get", "artifacts")).contains("quickstart");

        assertThat(ok("describe", "workspace", "quickstart"))
                .contains("Conditions:", "Workspace Id:", "Volume Name:", "Events:")
                .containsPattern("Normal +Active ")
                .doesNotContain(World.KEY_SECRET);

        assertThat(apply("quickstart/workspace.yaml")).contains("unchanged");
        assertThat(ok("delete", "workspace", "quickstart", "--timeout=60s")).contains("deleted");
        assertThat(run("get", "workspace", "quickstart").errors()).contains("NotFound");
    }

    @Test
    void aMistakeIsReadInDescribeAndMendedByPatch() throws IOException {
        apply("wrong-bucket.yaml");
        scene.untilStalled("wrong-bucket", "BucketNotFound");

        assertThat(ok("get", "workspace", "wrong-bucket"))
                .containsPattern("wrong-bucket +False +Error +BucketNotFound ");
        assertThat(ok("describe", "workspace", "wrong-bucket"))
                .containsPattern("Hint: +\\S+")
                .containsPattern("Warning +BucketNotFound ")
                .contains("team-date", "docs/errors.md");
        assertThat(run("wait", "workspace/wrong-bucket", "--for=condition=Ready", "--timeout=1s")
                        .exitCode())
                .isNotZero();

        ok(
                "patch",
                "workspace",
                "wrong-bucket",
                "--type=merge",
                "-p",
                "{\"spec\":{\"storage\":{\"bucket\":\"team-data\"}}}");
        ok("wait", "workspace/wrong-bucket", "--for=condition=Ready", "--timeout=60s");
        assertThat(ok("get", "workspace", "wrong-bucket", "-o", "jsonpath={.status.lastError}"))
                .isEmpty();
    }

    @Test
    void explainKnowsTheFields() {
        assertThat(ok("explain", "workspace.spec.storage.bucket")).contains("Name of an existing bucket");
        assertThat(ok("explain", "workspace.status.lastError.hint")).contains("What to do about it");
    }

    private static String apply(String example) throws IOException {
        String manifest =
                Files.readString(ProjectRoot.find().resolve("examples").resolve(example));
        String here =
                manifest.replace("http://127.0.0.1:9000", world.s3().endpoint().toString());
        return world.cluster()
                .kubectlAs(world.cluster().adminKubeconfig())
                .runWithInput(here, "apply", "-n", namespace, "-f", "-")
                .orFail();
    }

    private static String ok(String... arguments) {
        return run(arguments).orFail();
    }

    private static Kubectl.Result run(String... arguments) {
        return world.cluster()
                .kubectl(Stream.concat(Stream.of(arguments), Stream.of("-n", namespace))
                        .toArray(String[]::new));
    }
}
