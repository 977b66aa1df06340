package io.tonbo.artifacts.operator.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.KillableOperator;
import io.tonbo.artifacts.operator.testing.PublishedMount;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsClient;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour.PrefixStyle;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * A cluster is lost, with all that is in it and without a word to anybody. By the commands of {@code docs/operations.md}, as
 * they are written there, a new one takes the workspace over: the same one, with the same files in it.
 *
 * <p>A new cluster is a namespace that nothing of the old one is in: objects of other uids, Secrets made anew, an operator that
 * remembers nothing.
 */
class ClusterLostIT {
    private static final List<String> COMMANDS =
            PageSection.of("docs/operations.md", "Cluster lost").commands();

    private static World world;

    @TempDir
    private Path directory;

    private KillableOperator operator;

    @BeforeAll
    static void start() {
        world = World.start(new Behaviour().deletingLasts(Duration.ofMillis(50)).prefixStyle(PrefixStyle.CLUSTER));
        world.s3().createBucket("team-data");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void end() {
        operator.close();
    }

    /** What of a cluster is kept elsewhere. */
    private void keep(String token) throws IOException {
        Files.writeString(directory.resolve("token.txt"), token + "\n");
        Files.writeString(
                directory.resolve("keys.env"),
                "ARTIFACTS_S3_ACCESS_KEY_ID=%s\nARTIFACTS_S3_SECRET_ACCESS_KEY=%s\n"
                        .formatted(World.KEY_ID, World.KEY_SECRET));
        Files.writeString(
                directory.resolve("workspace.yaml"),
                """
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: Workspace
                metadata:
                  name: team-files
                spec:
                  storage:
                    bucket: team-data
                    endpoint: %s
                    credentialsSecretRef:
                      name: bucket-keys
                  connectionSecretRef:
                    name: tonbo-token
                """
                        .formatted(world.s3().endpoint()));
        Files.writeString(
                directory.resolve("mountsession.yaml"),
                """
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: MountSession
                metadata:
                  name: team-files
                spec:
                  workspaceRef:
                    name: team-files
                """);
    }

    private String newCluster() {
        String namespace = world.cluster().newNamespace("cluster");
        operator = KillableOperator.start(SharedKubeCluster.operator(), world.environment(), namespace);
        return namespace;
    }

    private void lose(String namespace) {
        operator.kill();
        KubernetesClient client = world.cluster().adminClient();
        client.resources(MountSession.class)
                .inNamespace(namespace)
                .withName("team-files")
                .edit(ClusterLostIT::withoutFinalizers);
        client.resources(Workspace.class)
                .inNamespace(namespace)
                .withName("team-files")
                .edit(ClusterLostIT::withoutFinalizers);
        DyingNamespace dying = new DyingNamespace(client, namespace);
        dying.delete();
        dying.untilGone(() -> "something");
    }

    private static <T extends HasMetadata> T withoutFinalizers(T object) {
        object.getMetadata().setFinalizers(List.of());
        return object;
    }

    @Test
    void theWorkspaceIsTakenOverWithItsFiles() throws Exception {
        String token = world.token("ada");
        keep(token);
        RemoteState remote = new RemoteState(world, "ada", "team-data");

        String old = newCluster();
        Terminal terminal = new Terminal(world.cluster(), old, directory);
        terminal.run(
                """
                kubectl create secret generic tonbo-token --from-file=token=token.txt
                kubectl create secret generic bucket-keys --from-env-file=keys.env
                kubectl apply -f workspace.yaml -f mountsession.yaml
                kubectl wait mountsession team-files --for=condition=Ready --timeout=3m
                """);
        StoredWorkspace made = remote.assertFormattedOnceBy(workspaces(old).get("team-files"));
        String setting = setting(made);
        Map<String, String> credential = sessions(old).data("team-files");
        String session = sessions(old).get("team-files").getStatus().getSessionId();
        assertOk(PublishedMount.asPod(credential).write("/notes/before.txt", "written in the lost cluster"));

        lose(old);
        String namespace = newCluster();
        terminal = new Terminal(world.cluster(), namespace, directory);
        assertThat(COMMANDS).hasSize(3);
        terminal.run(COMMANDS.get(0));

        Workspace adopted = workspaces(namespace).get("team-files");
        assertThat(adopted.getStatus().getWorkspaceId()).isEqualTo(made.id());
        assertThat(adopted.getStatus().getVolumeName()).isEqualTo(made.volumeName());
        assertThat(world.orchestrator().admin().workspaces("ada")).hasSize(1);
        assertThat(setting(made)).isEqualTo(setting);
        Map<String, String> mounted = sessions(namespace).data("team-files");
        JuiceFsClient.Result read = PublishedMount.asPod(mounted).read("/notes/before.txt");
        assertOk(read);
        assertThat(read.output()).isEqualTo("written in the lost cluster");
        assertOk(PublishedMount.asPod(mounted).write("/notes/after.txt", "written in the new one"));

        // The manifest as it was, without Adopt.
        terminal.run(COMMANDS.get(1));
        assertThat(workspaces(namespace).get("team-files").getStatus().getWorkspaceId())
                .isEqualTo(made.id());

        // What the lost cluster published still works, until it is ended.
        assertOk(PublishedMount.asPod(credential).read("/notes/after.txt"));
        terminal.with("ARTIFACTS_ORCHESTRATOR_URL", world.orchestrator().url().toString())
                .with("SESSION_ID", session);
        if (terminal.has("curl")) {
            terminal.run(COMMANDS.get(2));
        } else {
            assertThat(System.getenv("CI"))
                    .as("there is no curl, and a documented command is not to go untested where CI=true")
                    .isNotEqualTo("true");
            world.orchestrator()
                    .admin()
                    .endSession(world.orchestrator().admin().session(session).orElseThrow());
        }
        assertThat(PublishedMount.asPod(credential).read("/notes/after.txt").exitCode())
                .isNotZero();
        assertOk(PublishedMount.asPod(mounted).read("/notes/after.txt"));
    }

    @Test
    void withoutAdoptItIsLeftAloneAndTheHintSaysWhatToDo() throws Exception {
        String token = world.token("grace");
        keep(token);
        String old = newCluster();
        String secrets =
                """
                kubectl create secret generic tonbo-token --from-file=token=token.txt
                kubectl create secret generic bucket-keys --from-env-file=keys.env
                kubectl apply -f workspace.yaml
                """;
        Terminal terminal = new Terminal(world.cluster(), old, directory);
        terminal.run(secrets + "kubectl apply -f mountsession.yaml\n"
                + "kubectl wait mountsession team-files --for=condition=Ready --timeout=3m\n");

        lose(old);
        String namespace = newCluster();
        terminal = new Terminal(world.cluster(), namespace, directory);
        terminal.run(secrets);

        workspaces(namespace).untilStalled("team-files", "WorkspaceExists");
        assertThat(workspaces(namespace)
                        .get("team-files")
                        .getStatus()
                        .getLastError()
                        .getHint())
                .contains("adoptionPolicy");
        await().during(Duration.ofSeconds(1)).until(() -> !workspaces(namespace).isTrue("team-files", "Ready"));
    }

    /** What a format writes, the volume's UUID in it. */
    private static String setting(StoredWorkspace workspace) {
        try (Jedis admin = world.redis().admin()) {
            return admin.get(workspace.keyPrefix() + "setting");
        }
    }

    private static WorkspaceScene workspaces(String namespace) {
        return new WorkspaceScene(world, namespace);
    }

    private static SessionScene sessions(String namespace) {
        return new SessionScene(workspaces(namespace));
    }

    private static void assertOk(JuiceFsClient.Result result) {
        assertThat(result.exitCode()).as(result.errors()).isZero();
    }
}
