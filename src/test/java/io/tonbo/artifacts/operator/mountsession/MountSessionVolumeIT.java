package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.MountMode;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.PublishedMount;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsClient;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsMount;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour.PrefixStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the published Secret, as it is, the real JuiceFS client writes and reads: as long as it may, and no longer. */
class MountSessionVolumeIT {
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private static Behaviour behaviour;
    private static World world;
    private static InProcessOperator operator;
    private static WorkspaceScene workspaces;
    private static SessionScene sessions;

    @BeforeAll
    static void start() {
        behaviour = new Behaviour()
                .deletingLasts(Duration.ofMillis(50))
                .prefixStyle(PrefixStyle.CLUSTER)
                .clock(() -> Instant.now().plus(AHEAD.get()));
        world = World.start(behaviour);
        String namespace = world.cluster().newNamespace("volume");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.02, Set.of(namespace));
        workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("mounted");
        workspaces.apply("files", "mounted");
        workspaces.untilReady("files");
        sessions = new SessionScene(workspaces);
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private static Map<String, String> published(String name, MountMode mode, int seconds) {
        sessions.apply(name, "files", spec -> {
            spec.setMode(mode);
            spec.setTtlSeconds(seconds);
        });
        sessions.untilReady(name);
        return sessions.data(name);
    }

    private static void assertOk(JuiceFsClient.Result result) {
        assertThat(result.exitCode()).as(result.errors()).isZero();
    }

    private static void assertOk(JuiceFsMount.Answer answer) {
        assertThat(answer.ok()).as(answer.text()).isTrue();
    }

    private static String readyMessage(String name) {
        return sessions.condition(name, "Ready").map(Condition::getMessage).orElse("");
    }

    /** The server's clock is ahead by that from now on, and what is over by it has ended. */
    private static void timePasses(Duration ahead) {
        AHEAD.set(ahead);
        world.orchestrator().admin().sweep();
    }

    @Test
    void theClientWritesAndReadsUntilTheSessionIsRevoked() {
        Map<String, String> data = published("whole", MountMode.READ_WRITE, 3600);
        assertThat(readyMessage("whole"))
                .contains("Any JuiceFS client can mount it, provided its metadata Redis is a cluster.");

        try (JuiceFsMount mount = PublishedMount.asPod(data).stay()) {
            assertOk(mount.write("/notes/hello.txt", "by the published credential"));
            assertOk(mount.read("/notes/hello.txt"));
            assertThat(world.s3().keys(data.get("s3-bucket"), data.get("name") + "/chunks/"))
                    .isNotEmpty();
            assertThat(data.get("s3-endpoint")).isEqualTo(world.s3().endpoint().toString());

            JuiceFsClient.Result read = PublishedMount.asDriver(data).read("/notes/hello.txt");
            assertOk(read);
            assertThat(read.output()).isEqualTo("by the published credential");

            sessions.delete("whole");
            sessions.untilGone("whole");

            assertThat(mount.write("/notes/late.txt", "too late").ok()).isFalse();
        }
        assertThat(PublishedMount.asPod(data).read("/notes/hello.txt").exitCode())
                .isNotZero();
    }

    @Test
    void aClientThatWasStartedBeforeARenewalGoesOnUntilTheOldSessionEnds() {
        Map<String, String> before = published("overlap", MountMode.READ_WRITE, 3600);
        String old = sessions.get("overlap").getStatus().getSessionId();

        try (JuiceFsMount early = PublishedMount.asPod(before).stay()) {
            timePasses(Duration.ofMinutes(50));
            sessions.untilReplaced("overlap", old);
            Map<String, String> after = sessions.data("overlap");

            assertOk(early.write("/overlap/early.txt", "still at work"));
            try (JuiceFsMount late = PublishedMount.asPod(after).stay()) {
                assertThat(late.read("/overlap/early.txt").text()).isEqualTo("still at work");

                timePasses(Duration.ofMinutes(65));

                assertThat(early.write("/overlap/later.txt", "ended").ok()).isFalse();
                assertOk(late.write("/overlap/later.txt", "goes on"));
            }
        }
    }

    @Test
    void whoMayOnlyReadReadsAndWhoeverKeepsItFromWritingIsNamed() {
        try (JuiceFsMount writer = PublishedMount.asPod(published("writer", MountMode.READ_WRITE, 3600))
                .stay()) {
            assertOk(writer.write("/shared/report.txt", "for all to read"));
        }

        Map<String, String> enforced = published("reader", MountMode.READ_ONLY, 3600);
        assertThat(readyMessage("reader")).contains("The metadata server refuses its writes.");
        assertReadsOnly(enforced);
        assertThat(PublishedMount.asCarelessPod(enforced)
                        .write("/shared/careless.txt", "x")
                        .exitCode())
                .isNotZero();

        behaviour.enforcesReadOnly(false);
        try {
            Map<String, String> trusted = published("trusted", MountMode.READ_ONLY, 3600);
            assertThat(readyMessage("trusted")).contains("Only the published mount-options keep a mount from writing");
            assertReadsOnly(trusted);
            assertOk(PublishedMount.asCarelessPod(trusted).write("/shared/careless.txt", "x"));
        } finally {
            behaviour.enforcesReadOnly(true);
        }
    }

    private static void assertReadsOnly(Map<String, String> data) {
        assertThat(data).containsEntry("mode", "ro").containsEntry("mount-options", "ro");
        try (JuiceFsMount mount = PublishedMount.asPod(data).stay()) {
            assertThat(mount.read("/shared/report.txt").text()).isEqualTo("for all to read");
            assertThat(mount.write("/shared/mine.txt", "x").ok()).isFalse();
        }
    }

    @Test
    void afterARotationTheSecretHoldsTheKeysThatWork() {
        world.s3().addKey("AKIDOLD", "old-secret-2f19");
        world.s3().addKey("AKIDNEW", "new-secret-83aa");
        workspaces.secret(
                "rotating", Map.of("AWS_ACCESS_KEY_ID", "AKIDOLD", "AWS_SECRET_ACCESS_KEY", "old-secret-2f19"));
        workspaces.apply("rotated", "mounted", spec -> spec.getStorage()
                .getCredentialsSecretRef()
                .setName("rotating"));
        workspaces.untilReady("rotated");
        sessions.apply("rotated", "rotated");
        sessions.untilReady("rotated");
        Map<String, String> before = sessions.data("rotated");

        workspaces.secret(
                "rotating", Map.of("AWS_ACCESS_KEY_ID", "AKIDNEW", "AWS_SECRET_ACCESS_KEY", "new-secret-83aa"));
        await().atMost(Duration.ofSeconds(40))
                .until(() -> "AKIDNEW".equals(sessions.data("rotated").get("AWS_ACCESS_KEY_ID")));
        world.s3().removeKey("AKIDOLD");

        Map<String, String> after = sessions.data("rotated");
        assertThat(after).containsEntry("metaurl", before.get("metaurl"));
        assertOk(PublishedMount.asPod(after).write("/rotated.txt", "with the keys of today"));
        assertOk(PublishedMount.asDriver(after).read("/rotated.txt"));
        assertThat(PublishedMount.asPod(before).read("/rotated.txt").exitCode()).isNotZero();
    }
}
