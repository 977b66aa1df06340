package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.Expenses;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.OddThings;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a Workspace costs: writes counted by the API server's audit log, calls by the orchestrator. */
class WorkspaceBudgetIT {
    private static final String[] CREATE_WRITES = {
        "patch workspaces", "patch workspaces/status", "patch workspaces/status"
    };

    private static World world;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static InProcessOperator operator(String namespace, String poll) {
        Map<String, String> env = world.environment();
        env.put("ARTIFACTS_POLL_INTERVAL", poll);
        return InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, 0.05, Set.of(namespace));
    }

    private static WorkspaceScene scene(String handle) {
        return new WorkspaceScene(world, world.cluster().newNamespace(handle))
                .token(world.token(handle))
                .goodKeys()
                .bucket(handle + "-bucket");
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "w" + i).toList();
    }

    @Test
    void anUndisturbedCreateCostsThreeWritesThreeCallsAndEachSecretOnce() {
        WorkspaceScene scene = scene("frugal");
        Expenses spent = Expenses.from(world, scene.namespace(), "frugal");
        try (InProcessOperator operator = operator(scene.namespace(), "PT30S")) {
            scene.apply("one", "frugal-bucket");
            scene.untilReady("one");

            assertThat(spent.calls()).containsExactly(Operation.LIST, Operation.RESERVE, Operation.CONFIRM);
            assertThat(spent.writes("one")).containsExactly(CREATE_WRITES);
            assertThat(spent.secretsRead())
                    .containsExactlyInAnyOrder(
                            "get " + WorkspaceScene.TOKEN_SECRET, "get " + WorkspaceScene.KEYS_SECRET);
            assertThat(operator.meters()).isNotNull();
        }
    }

    @Test
    void aWholeLifeThatKeepsTheRemoteWorkspaceCostsFourWritesAndItsEndNoCall() {
        WorkspaceScene scene = scene("keeper");
        Expenses spent = Expenses.from(world, scene.namespace(), "keeper");
        try (InProcessOperator operator = operator(scene.namespace(), "PT30S")) {
            scene.apply("kept", "keeper-bucket");
            scene.untilReady("kept");
            scene.delete("kept");
            scene.untilGone("kept");

            assertThat(spent.writes("kept"))
                    .hasSize(4)
                    .startsWith(CREATE_WRITES)
                    .endsWith("patch workspaces");
            assertThat(spent.calls()).hasSize(3);
            assertThat(operator.meters()
                            .counter("artifacts_workspaces_released", "farewell", "Retained")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aWholeLifeThatDeletesTheRemoteWorkspaceCostsOneWriteMoreWhileItIsDeleting() {
        WorkspaceScene scene = scene("deleter");
        Expenses spent = Expenses.from(world, scene.namespace(), "deleter");
        try (InProcessOperator operator = operator(scene.namespace(), "PT30S")) {
            scene.apply("gone", "deleter-bucket", spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
            scene.untilReady("gone");
            scene.delete("gone");
            scene.untilGone("gone");

            assertThat(spent.writes("gone")).hasSize(5).startsWith(CREATE_WRITES);
            assertThat(spent.calls(Operation.DELETE)).isEqualTo(1);
            assertThat(spent.calls()).hasSizeLessThanOrEqualTo(8);
            assertThat(operator.meters()
                            .counter("artifacts_workspaces_released", "farewell", "Deleted")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void tenThatAreReadyCostOneListEachPollIntervalAndNothingElse() throws InterruptedException {
        WorkspaceScene scene = scene("settled");
        try (InProcessOperator operator = operator(scene.namespace(), "PT2S")) {
            names(10).forEach(name -> scene.apply(name, "settled-bucket"));
            names(10).forEach(scene::untilReady);
            Expenses warmUp = Expenses.from(world, scene.namespace(), "settled");
            await().until(() -> warmUp.calls(Operation.LIST) >= 1);

            Expenses spent = Expenses.from(world, scene.namespace(), "settled");
            long start = System.nanoTime();
            Thread.sleep(10_000);
            long intervals = Duration.ofNanos(System.nanoTime() - start).dividedBy(Duration.ofSeconds(2));

            assertThat(spent.writes()).isEmpty();
            assertThat(spent.calls()).containsOnly(Operation.LIST);
            assertThat(spent.calls(Operation.LIST)).isBetween(2L, intervals + 1);
            assertThat(spent.secretsRead()).hasSizeLessThanOrEqualTo(2);
            assertThat(operator.meters()).isNotNull();
        }
    }

    @Test
    void aRestartWritesNothingAndAsksForOneList() throws InterruptedException {
        WorkspaceScene scene = scene("restarted");
        try (InProcessOperator first = operator(scene.namespace(), "PT60S")) {
            names(10).forEach(name -> scene.apply(name, "restarted-bucket"));
            names(10).forEach(scene::untilReady);
            assertThat(first.meters()).isNotNull();
        }
        Expenses spent = Expenses.from(world, scene.namespace(), "restarted");
        try (InProcessOperator second = operator(scene.namespace(), "PT60S")) {
            await().until(() -> !spent.calls().isEmpty());
            Thread.sleep(3000);

            assertThat(spent.calls()).containsExactly(Operation.LIST);
            assertThat(spent.writes()).isEmpty();
            assertThat(spent.secretsRead()).containsExactly("get " + WorkspaceScene.TOKEN_SECRET);
            assertThat(second.meters()).isNotNull();
        }
    }

    @Test
    void aHundredAppliedAtOnceBecomeReadyWithNothingOddOnTheWay() {
        WorkspaceScene scene = scene("crowd");
        Queue<String> odd = new ConcurrentLinkedQueue<>();
        Expenses spent = Expenses.from(world, scene.namespace(), "crowd");
        try (InProcessOperator operator = operator(scene.namespace(), "PT60S");
                var watch = scene.client()
                        .resources(Workspace.class)
                        .inNamespace(scene.namespace())
                        .inform(new OddThings<>(odd))) {
            names(100).forEach(name -> scene.apply(name, "crowd-bucket"));
            names(100).forEach(scene::untilReady);

            assertThat(odd).isEmpty();
            assertThat(spent.calls(Operation.RESERVE)).isEqualTo(100);
            assertThat(spent.calls(Operation.CONFIRM)).isEqualTo(100);
            assertThat(spent.calls(Operation.GET)).isZero();
            assertThat(spent.calls(Operation.LIST)).isEqualTo(1);
            assertThat(spent.writes()).hasSize(300);
            assertThat(spent.secretsRead()).hasSizeLessThanOrEqualTo(10);
            assertThat(watch.isRunning()).isTrue();
            assertThat(operator.meters()).isNotNull();
        }
    }
}
