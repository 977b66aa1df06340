package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.Expenses;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.OddThings;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
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

/** What a MountSession costs: writes and reads counted by the API server's audit log, calls by the orchestrator. */
class MountSessionBudgetIT {
    private static final double SCALE = 0.05;
    private static final Duration POLL = Duration.ofSeconds(3);
    private static final int HOUR = 3600;

    private static World world;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static InProcessOperator operator(String namespace) {
        Map<String, String> env = world.environment();
        env.put("ARTIFACTS_POLL_INTERVAL", "PT10M");
        return InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, SCALE, Set.of(namespace));
    }

    /** A namespace and an account of one's own, with a Workspace {@code files}. */
    private static SessionScene scene(String handle) {
        WorkspaceScene workspaces = new WorkspaceScene(world, world.cluster().newNamespace(handle))
                .token(world.token(handle))
                .goodKeys()
                .bucket(handle + "-bucket");
        workspaces.apply("files", handle + "-bucket");
        try (InProcessOperator operator = operator(workspaces.namespace())) {
            workspaces.untilReady("files");
            assertThat(operator.meters()).isNotNull();
        }
        return new SessionScene(workspaces);
    }

    private static Expenses from(SessionScene scene, String handle) {
        return Expenses.from(world, scene.namespace(), handle);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static long sessionCalls(Expenses spent) {
        return spent.calls().stream()
                .filter(call -> call == Operation.OPEN_SESSION || call == Operation.CLOSE_SESSION)
                .count();
    }

    @Test
    void anUndisturbedIssueCostsThreeWritesAndOneCall() {
        SessionScene scene = scene("issuer");
        try (InProcessOperator operator = operator(scene.namespace())) {
            Expenses spent = from(scene, "issuer");
            scene.apply("one", "files", spec -> spec.setTtlSeconds(HOUR));
            scene.untilReady("one");

            assertThat(spent.writes("one"))
                    .containsExactly("patch mountsessions", "create secrets", "patch mountsessions/status");
            assertThat(spent.calls()).filteredOn(Operation.LIST::equals).hasSizeLessThanOrEqualTo(1);
            assertThat(spent.calls())
                    .filteredOn(call -> call != Operation.LIST)
                    .containsExactly(Operation.OPEN_SESSION);
            assertThat(operator.meters()).isNotNull();
        }
    }

    @Test
    void aRenewalCostsTwoWritesAndOneCall() {
        SessionScene scene = scene("renewer");
        try (InProcessOperator operator = operator(scene.namespace())) {
            scene.apply("one", "files", spec -> spec.setTtlSeconds(HOUR));
            String first = scene.untilReady("one").getStatus().getSessionId();
            Expenses spent = from(scene, "renewer");
            // Less than was granted: due at once.
            scene.edit("one", spec -> spec.setTtlSeconds(HOUR / 2));
            scene.untilReplaced("one", first);

            assertThat(spent.writes("one")).containsExactly("update secrets", "patch mountsessions/status");
            assertThat(sessionCalls(spent)).isEqualTo(1);
            assertThat(spent.calls(Operation.OPEN_SESSION)).isEqualTo(1);
            assertThat(operator.meters()).isNotNull();
        }
    }

    @Test
    void tenThatAreLiveCostOneReadEachInAPollIntervalAndARestartNothingElse() throws InterruptedException {
        SessionScene scene = scene("settled");
        try (InProcessOperator first = operator(scene.namespace())) {
            names(10).forEach(name -> scene.apply(name, "files", spec -> spec.setTtlSeconds(HOUR)));
            names(10).forEach(scene::untilReady);
            assertSettled(from(scene, "settled"), 0);
            assertThat(first.meters()).isNotNull();
        }
        Expenses spent = from(scene, "settled");
        try (InProcessOperator second = operator(scene.namespace())) {
            assertSettled(spent, 1);
            assertThat(second.meters()).isNotNull();
        }
    }

    private static void assertSettled(Expenses spent, int more) throws InterruptedException {
        long start = System.nanoTime();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> names(10).stream().allMatch(name -> reads(spent, name) >= 2));
        Thread.sleep(POLL.toMillis());
        long intervals = Duration.ofNanos(System.nanoTime() - start).dividedBy(POLL);

        assertThat(spent.writes()).isEmpty();
        assertThat(sessionCalls(spent)).isZero();
        for (String name : names(10)) {
            assertThat(reads(spent, name)).as(name).isBetween(2L, intervals + 1 + more);
        }
    }

    private static long reads(Expenses spent, String secret) {
        return spent.secretsRead().stream().filter(("get " + secret)::equals).count();
    }

    @Test
    void aRenewalThatIsBlockedCostsOneWriteHoweverOftenItIsTried() {
        SessionScene scene = scene("blocked");
        try (InProcessOperator operator = operator(scene.namespace())) {
            scene.apply("one", "files", spec -> spec.setTtlSeconds(HOUR));
            scene.untilReady("one");
            world.orchestrator()
                    .faults()
                    .on(Operation.OPEN_SESSION)
                    .always()
                    .inject(Fault.code("metadata_acl_provisioning_failed"));
            Expenses spent = from(scene, "blocked");
            scene.edit("one", spec -> spec.setTtlSeconds(HOUR / 2));
            scene.until("one", "Renewed", ConditionStatus.FALSE, "MetadataAclProvisioningFailed");
            await().atMost(Duration.ofSeconds(40)).until(() -> spent.calls(Operation.OPEN_SESSION) >= 8);

            assertThat(spent.writes()).containsExactly("patch mountsessions/status one");
            assertThat(scene.condition("one", "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo(ConditionStatus.TRUE));
            assertThat(operator.meters()).isNotNull();
        } finally {
            world.orchestrator().faults().clear();
        }
    }

    @Test
    void aHundredAppliedAtOnceBecomeReadyWithNothingOddOnTheWay() {
        SessionScene scene = scene("crowd");
        Queue<String> odd = new ConcurrentLinkedQueue<>();
        try (InProcessOperator operator = operator(scene.namespace());
                var watch = scene.client()
                        .resources(MountSession.class)
                        .inNamespace(scene.namespace())
                        .inform(new OddThings<>(odd))) {
            Expenses spent = from(scene, "crowd");
            names(100).forEach(name -> scene.apply(name, "files", spec -> spec.setTtlSeconds(HOUR)));
            names(100).forEach(scene::untilReady);

            assertThat(odd).isEmpty();
            assertThat(sessionCalls(spent)).isEqualTo(100);
            assertThat(world.orchestrator().admin().sessions("crowd", "files")).hasSize(100);
            assertThat(spent.writes()).hasSize(300);
            assertThat(watch.isRunning()).isTrue();
            assertThat(operator.meters()).isNotNull();
        }
    }
}
