package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.EffectTap;
import io.tonbo.artifacts.operator.testing.KillableOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged operator is killed (SIGKILL) at every point of a create and of a delete where something has had its effect
 * and it does not know yet, and started again. The process that finishes the work of one that was killed is itself the one
 * that is killed next, with another Workspace.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkspaceCrashIT {
    private static World world;
    private static KubeApiProxy kube;
    private static EffectTap tap;
    private static String namespace;
    private static KillableOperator operator;
    private static int stories;

    private final String name = "crash-" + ++stories;
    private final String handle = name;
    private final WorkspaceScene scene = new WorkspaceScene(world, namespace);
    private final RemoteState remote = new RemoteState(world, handle, name);

    @BeforeAll
    static void start() {
        world = World.start(new Behaviour().deletingLasts(LifePoints.DELETING));
        kube = KubeApiProxy.inFrontOf(world.cluster());
        tap = new EffectTap(world, kube);
        namespace = world.cluster().newNamespace("crash");
        startOperator();
    }

    @AfterAll
    static void stop() {
        operator.close();
        tap.close();
        kube.close();
        world.close();
    }

    private static void startOperator() {
        startOperator(KillableOperator.TIME_SCALE);
    }

    private static void startOperator(double timeScale) {
        Map<String, String> env = new HashMap<>(world.environment());
        // Nothing but the Workspace in question may move.
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1H");
        operator = KillableOperator.start(SharedKubeCluster.operator().via(kube.url()), env, namespace, timeScale);
    }

    static Stream<String> create() {
        return LifePoints.CREATE.stream();
    }

    static Stream<String> delete() {
        return LifePoints.DELETE.stream();
    }

    /** An account of its own, so that nobody else's list is in its points. */
    private void apply(DeletionPolicy policy) {
        scene.secret("token-" + name, Map.of("token", world.token(handle)))
                .goodKeys()
                .bucket(name)
                .apply(name, name, spec -> {
                    spec.getConnectionSecretRef().setName("token-" + name);
                    spec.setDeletionPolicy(policy);
                });
    }

    private void crashAt(String point, Map<String, String> metadata, Runnable begin) {
        tap.trap(point, () -> {
            operator.kill();
            metadata.putAll(remote.metadata());
            return Reply.DROP;
        });
        begin.run();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(tap.sprung())
                        .as(() -> "no crash at " + point + ", only " + tap.points() + "; " + operator.obituary())
                        .isTrue());
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !operator.isAlive());
    }

    @Test
    @Order(1)
    void theListsOfPointsAreWhatAnUndisturbedLifeGoesThrough() {
        operator.awaitStarted();
        tap.restart();
        apply(DeletionPolicy.DELETE);
        remote.assertFormattedOnceBy(scene.untilReady(name));
        await().untilAsserted(() -> assertThat(tap.points()).containsExactlyElementsOf(LifePoints.CREATE));

        tap.restart();
        scene.delete(name);
        scene.untilGone(name);
        remote.assertGone();
        assertThat(tap.points())
                .filteredOn(point -> !point.matches("orchestrator get \\(([3-9]|\\d\\d+)\\)"))
                .containsExactlyElementsOf(LifePoints.DELETE);
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("create")
    void killedInACreateItFinishesTheOneItBegan(String point) {
        Map<String, String> atCrash = new HashMap<>();
        crashAt(point, atCrash, () -> apply(DeletionPolicy.RETAIN));
        tap.restart();
        startOperator();

        Workspace ready = scene.untilReady(name);

        StoredWorkspace workspace = remote.assertFormattedOnceBy(ready);
        assertThat(remote.metadata()).containsAllEntriesOf(atCrash);
        assertThat(remote.objects()).containsExactly(workspace.volumeName() + "/juicefs_uuid");
        // So that the next start does not look at it again.
        scene.delete(name);
        scene.untilGone(name);
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("create")
    void killedInACreateThatIsTakenBackItLeavesNothing(String point) {
        crashAt(point, new HashMap<>(), () -> apply(DeletionPolicy.DELETE));
        tap.restart();
        scene.delete(name);
        startOperator();

        scene.untilGone(name);

        remote.assertGone();
    }

    @Order(4)
    @ParameterizedTest
    @MethodSource("delete")
    void killedInADeleteItFinishesTheDeletion(String point) {
        apply(DeletionPolicy.DELETE);
        scene.untilReady(name);
        crashAt(point, new HashMap<>(), () -> scene.delete(name));
        tap.restart();
        startOperator();

        scene.untilGone(name);

        remote.assertGone();
    }

    @Test
    @Order(5)
    void aReserveThatArrivesAfterItsSenderWasKilledAndItsWorkspaceDeletedIsFoundAndTakenBack() {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        tap.beforeReserve(() -> {
            arrived.countDown();
            awaitQuietly(late);
        });
        apply(DeletionPolicy.DELETE);
        awaitQuietly(arrived);
        operator.kill();
        tap.beforeReserve(() -> {});
        scene.delete(name);
        tap.restart();

        // Long enough for the wait to outlast a slow start.
        startOperator(0.5);
        await().atMost(Duration.ofSeconds(20)).until(() -> tap.points().contains("orchestrator list"));
        assertThat(remote.live()).isEmpty();
        late.countDown();
        await().until(() -> tap.points().contains("orchestrator reserve"));

        scene.untilGone(name);

        assertThat(tap.points()).contains("orchestrator delete");
        remote.assertGone();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
