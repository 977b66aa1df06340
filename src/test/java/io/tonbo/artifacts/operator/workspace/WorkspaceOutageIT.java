package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.Expenses;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.OddThings;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The orchestrator goes away and comes back. */
class WorkspaceOutageIT {
    private static final int READY = 20;
    private static final int LATE = 10;

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void whatWasReadyIsNotTouchedAndWhatWaitsGoesOnWithoutAStampede() throws InterruptedException {
        try (World world = World.start()) {
            String namespace = world.cluster().newNamespace("outage");
            WorkspaceScene scene = new WorkspaceScene(world, namespace)
                    .token(world.token("ada"))
                    .goodKeys()
                    .bucket("outage-bucket");
            Map<String, String> env = world.environment();
            env.put("ARTIFACTS_POLL_INTERVAL", "PT1S");
            try (InProcessOperator operator =
                    InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, 0.1, Set.of(namespace))) {
                names("ready", READY).forEach(name -> scene.apply(name, "outage-bucket"));
                names("ready", READY).forEach(scene::untilReady);

                tellTheStory(world, scene);
                assertThat(operator.meters()).isNotNull();
            }
        }
    }

    @Test
    void whoWasToldToComeBackInFiveMinutesComesAtOnceWhenSomebodyElseIsAnswered() {
        try (World world = World.start()) {
            String namespace = world.cluster().newNamespace("told");
            WorkspaceScene scene = new WorkspaceScene(world, namespace)
                    .token(world.token("ada"))
                    .goodKeys()
                    .bucket("told-bucket");
            try (InProcessOperator operator = InProcessOperator.start(
                    SharedKubeCluster.operator().newClient(), world.environment(), 0.1, Set.of(namespace))) {
                long fault = world.orchestrator()
                        .faults()
                        .on(Operation.ANY)
                        .always()
                        .inject(Fault.gateway(503).withHeader("Retry-After", "300"));
                names("told", LATE).forEach(name -> scene.apply(name, "told-bucket"));
                names("told", LATE).forEach(name -> scene.untilReconciling(name, "OrchestratorUnreachable"));
                assertThat(world.orchestrator().faults().clear(fault)).isTrue();

                scene.apply("newcomer", "told-bucket");

                scene.untilReady("newcomer");
                names("told", LATE).forEach(scene::untilReady);
                assertThat(operator.meters()).isNotNull();
            }
        }
    }

    @Test
    void aTokenThatIsReplacedBeforeTheSecondRefusalIsNotTakenForTheRefusedOne() {
        try (World world = World.start()) {
            String namespace = world.cluster().newNamespace("refused");
            String revoked = world.token("ada");
            world.orchestrator().admin().revokeToken(revoked);
            WorkspaceScene scene = new WorkspaceScene(world, namespace)
                    .token(revoked)
                    .goodKeys()
                    .bucket("refused-bucket");
            // Not scaled: the second refusal comes after 10 seconds, and the wait after that is 5 minutes.
            try (InProcessOperator operator = InProcessOperator.start(
                    SharedKubeCluster.operator().newClient(), world.environment(), 1, Set.of(namespace))) {
                scene.apply("files", "refused-bucket");
                scene.untilReconciling("files", "Unauthorized");

                scene.token(world.token("ada"));

                scene.untilReady("files");
                assertThat(operator.meters()).isNotNull();
            }
        }
    }

    private static void tellTheStory(World world, WorkspaceScene scene) throws InterruptedException {
        Expenses outage = Expenses.from(world, scene.namespace(), "ada");
        Queue<String> odd = new ConcurrentLinkedQueue<>();
        try (var watch = scene.client()
                .resources(Workspace.class)
                .inNamespace(scene.namespace())
                .inform(new OddThings<>(odd))) {
            world.orchestrator().stopListening();
            names("late", LATE).forEach(name -> scene.apply(name, "outage-bucket"));
            names("late", LATE).forEach(name -> scene.untilReconciling(name, "OrchestratorUnreachable"));
            Thread.sleep(5000);

            names("ready", READY).forEach(name -> {
                assertThat(outage.writes(name)).as(name).isEmpty();
                assertThat(scene.isTrue(name, "Ready")).as(name).isTrue();
            });
            names("late", LATE).forEach(name -> assertThat(outage.writes(name))
                    .as("%s: its finalizer, and what is wrong, once", name)
                    .containsExactly("patch workspaces", "patch workspaces/status"));

            Expenses recovery = Expenses.from(world, scene.namespace(), "ada");
            long start = System.nanoTime();
            world.orchestrator().listen();
            names("late", LATE).forEach(scene::untilReady);
            long seconds = (System.nanoTime() - start) / 1_000_000_000L;
            await().until(() -> recovery.calls(Operation.LIST) >= 2);

            assertThat(recovery.calls(Operation.RESERVE)).isEqualTo(LATE);
            assertThat(recovery.calls(Operation.CONFIRM)).isEqualTo(LATE);
            assertThat(recovery.calls(Operation.GET)).isZero();
            assertThat(recovery.calls(Operation.LIST)).isLessThanOrEqualTo(seconds + 4);
            names("ready", READY)
                    .forEach(name -> assertThat(recovery.writes(name)).as(name).isEmpty());
            names("late", LATE)
                    .forEach(name -> assertThat(recovery.writes(name)).as(name).hasSize(2));
            assertThat(odd).isNotEmpty().allMatch(line -> line.startsWith("late"));
            assertThat(watch.isRunning()).isTrue();
        }
    }
}
