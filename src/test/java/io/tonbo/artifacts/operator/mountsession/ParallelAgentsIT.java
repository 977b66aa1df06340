package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.PublishedMount;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsMount;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour.PrefixStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents side by side on one Workspace, each with the session that {@code agents.yaml} gives it: one is cut off, alone. */
class ParallelAgentsIT {
    private static final List<String> AGENTS = List.of("agent-a", "agent-b", "agent-c");

    private static World world;
    private static InProcessOperator operator;
    private static String namespace;
    private static SessionScene sessions;

    @BeforeAll
    static void start() {
        world = World.start(new Behaviour().deletingLasts(Duration.ofMillis(50)).prefixStyle(PrefixStyle.CLUSTER));
        namespace = world.cluster().newNamespace("agents");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
        WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("team-data");
        workspaces.apply("team-files", "team-data");
        workspaces.untilReady("team-files");
        sessions = new SessionScene(workspaces);
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private static void apply(String agent) throws IOException {
        String manifest = Files.readString(ProjectRoot.find().resolve("examples/mount/agents.yaml"));
        world.cluster()
                .kubectlAs(world.cluster().adminKubeconfig())
                .runWithInput(manifest.replace("agent-a", agent), "apply", "-n", namespace, "-f", "-")
                .orFail();
    }

    private static JuiceFsMount mount(String agent) {
        return PublishedMount.asPod(sessions.data(agent)).stay();
    }

    private static void work(JuiceFsMount mount, String agent) {
        JuiceFsMount.Answer written = mount.write("/" + agent + "/log.txt", "by " + agent);
        assertThat(written.ok()).as(written.text()).isTrue();
    }

    @Test
    void oneIsCutOffAndTheOthersGoOn() throws IOException {
        for (String agent : AGENTS) {
            apply(agent);
        }
        AGENTS.forEach(sessions::untilReady);
        assertThat(AGENTS)
                .extracting(agent -> sessions.data(agent).get("metaurl"))
                .doesNotHaveDuplicates();
        assertThat(world.cluster()
                        .adminClient()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .extracting(job -> job.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(AGENTS);

        try (JuiceFsMount a = mount("agent-a");
                JuiceFsMount b = mount("agent-b");
                JuiceFsMount c = mount("agent-c")) {
            work(a, "agent-a");
            work(b, "agent-b");
            work(c, "agent-c");
            assertThat(b.read("/agent-a/log.txt").text()).isEqualTo("by agent-a");

            sessions.delete("agent-a");
            sessions.untilGone("agent-a");

            assertThat(a.write("/agent-a/late.txt", "too late").ok()).isFalse();
            work(b, "agent-b");
            work(c, "agent-c");
            assertThat(c.read("/agent-a/log.txt").text()).isEqualTo("by agent-a");
        }
    }
}
