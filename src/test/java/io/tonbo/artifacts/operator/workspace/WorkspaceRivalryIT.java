package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.ReadyWatch;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Two Workspaces want the name of one remote workspace: in one namespace, in two, under two operators that know nothing of
 * one another, and one after the other. Never are two Ready on one workspace, and never does one's deletion delete what is
 * the other's.
 */
class WorkspaceRivalryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static World world;
    private static String here;
    private static String there;
    private static String elsewhere;
    private static InProcessOperator operator;
    private static InProcessOperator another;
    private static ReadyWatch watch;
    private static int stories;

    private final String handle = "rivals-" + ++stories;
    private final RemoteState remote = new RemoteState(world, handle, handle);
    private Random random;

    /** One of the two. */
    private record Rival(WorkspaceScene scene, String object) {
        Workspace get() {
            return scene.get(object);
        }

        boolean ready() {
            return scene.isTrue(object, "Ready");
        }

        @Override
        public String toString() {
            Workspace workspace = get();
            return scene.namespace() + "/" + object + ": "
                    + (workspace == null ? "gone" : workspace.getMetadata().getUid() + " " + workspace.getStatus());
        }
    }

    @BeforeAll
    static void start() {
        world = World.start();
        here = world.cluster().newNamespace("rivals");
        there = world.cluster().newNamespace("rivals");
        elsewhere = world.cluster().newNamespace("rivals");
        operator = operator(Set.of(here, there));
        another = operator(Set.of(elsewhere));
        watch = new ReadyWatch(world.cluster().adminClient());
    }

    private static InProcessOperator operator(Set<String> namespaces) {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1S");
        return InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, 0.05, namespaces);
    }

    @AfterAll
    static void stop() {
        watch.close();
        operator.close();
        another.close();
        world.close();
    }

    @BeforeEach
    void seed(RepetitionInfo round) {
        random = new Random(round.getCurrentRepetition());
        world.s3().createBucket(handle);
    }

    @AfterEach
    void neverTwoReadyOnOne() {
        assertThat(watch.readySeen()).isPositive();
        assertThat(watch.violations()).isEmpty();
    }

    private Rival enter(String namespace, String object) {
        WorkspaceScene scene = new WorkspaceScene(world, namespace)
                .goodKeys()
                .secret("token-" + handle, Map.of("token", world.token(handle)));
        scene.apply(object, handle, spec -> {
            spec.setName(object.equals(handle) ? null : handle);
            spec.getConnectionSecretRef().setName("token-" + handle);
            spec.setDeletionPolicy(DeletionPolicy.DELETE);
        });
        return new Rival(scene, object);
    }

    private void pause(int mostMillis) {
        try {
            Thread.sleep(random.nextInt(mostMillis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void oneWinsAndTheOtherLeavesIt(Rival one, Rival other) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(List.of(one, other)).filteredOn(Rival::ready).hasSize(1);
            assertThat(List.of(one, other))
                    .filteredOn(rival -> rival.scene().isTrue(rival.object(), "Stalled"))
                    .hasSize(1);
        });
        Rival winner = one.ready() ? one : other;
        Rival loser = one.ready() ? other : one;
        StoredWorkspace workspace = remote.assertFormattedOnceBy(winner.get());
        Map<String, String> metadata = remote.metadata();
        assertThat(loser.scene()
                        .condition(loser.object(), "Stalled")
                        .orElseThrow()
                        .getReason())
                .isIn("WorkspaceExists", "VolumeForeign");

        loser.scene().delete(loser.object());
        loser.scene().untilGone(loser.object());

        assertThat(remote.live()).containsExactly(workspace);
        assertThat(remote.metadata()).isEqualTo(metadata);
        assertThat(winner.ready()).as("%s", winner).isTrue();

        winner.scene().delete(winner.object());
        winner.scene().untilGone(winner.object());
        remote.assertGone();
    }

    @RepeatedTest(6)
    void twoInOneNamespace() {
        Rival one = enter(here, handle + "-one");
        pause(120);
        Rival two = enter(here, handle + "-two");

        oneWinsAndTheOtherLeavesIt(one, two);
    }

    @RepeatedTest(4)
    void oneInEachOfTwoNamespaces() {
        Rival one = enter(here, handle);
        pause(120);
        Rival two = enter(there, handle);

        oneWinsAndTheOtherLeavesIt(one, two);
    }

    @RepeatedTest(6)
    void twoUnderTwoOperatorsThatKnowNothingOfOneAnother() {
        Rival one = enter(here, handle);
        pause(150);
        Rival two = enter(elsewhere, handle);

        oneWinsAndTheOtherLeavesIt(one, two);
    }

    @RepeatedTest(8)
    void deletedAtAnyMomentAndMadeAgainUnderTheSameName() {
        Rival first = enter(here, handle);
        pause(400);
        first.scene().delete(handle);
        first.scene().untilGone(handle);
        Rival second = enter(here, handle);

        Workspace ready = second.scene().untilReady(handle);

        remote.assertFormattedBy(ready);
        second.scene().delete(handle);
        second.scene().untilGone(handle);
        remote.assertGone();
    }

    @RepeatedTest(8)
    void deletedAtAnyMomentWhileASuccessorWantsTheName() {
        Rival first = enter(here, handle);
        pause(400);
        first.scene().delete(handle);
        Rival second = enter(random.nextBoolean() ? there : elsewhere, handle);
        first.scene().untilGone(handle);

        untilReadyOrToldWhy(second);

        // What is the successor's stays the successor's.
        Optional<StoredWorkspace> owned = Optional.ofNullable(
                        second.ready() ? remote.assertFormattedBy(second.get()) : null)
                .filter(workspace -> workspace.state() == WorkspaceState.ACTIVE);
        assertThat(owned).as("%s", second).isPresent();
        second.scene().delete(handle);
        second.scene().untilGone(handle);
        remote.assertGone();
    }

    private static void untilReadyOrToldWhy(Rival rival) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(rival.ready()).as("%s", rival).isTrue());
    }

    @RepeatedTest(6)
    void theReserveOfOneThatIsDeletedIsAnsweredLateOrNever(RepetitionInfo round) {
        List<Fault> faults = List.of(
                Fault.of(FaultKind.LOST_REPLY),
                Fault.of(FaultKind.LATE, Duration.ofMillis(300)),
                Fault.of(FaultKind.LOST_REQUEST));
        int number = round.getCurrentRepetition();
        world.orchestrator()
                .faults()
                .on(Operation.RESERVE)
                .workspace(handle)
                .inject(faults.get(number % faults.size()));
        Rival first = enter(here, handle);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> world.orchestrator().faults().active().isEmpty());
        first.scene().delete(handle);
        // With a successor in half of the rounds.
        Optional<Rival> second = number % 2 == 0 ? Optional.of(enter(there, handle)) : Optional.empty();
        first.scene().untilGone(handle);
        second.ifPresent(rival -> {
            remote.assertFormattedBy(rival.scene().untilReady(handle));
            rival.scene().delete(handle);
            rival.scene().untilGone(handle);
        });

        remote.assertGone();
    }

    @RepeatedTest(6)
    void bothAreDeletedInTheMiddleOfTheFight() {
        Rival one = enter(here, handle);
        pause(60);
        Rival two = enter(random.nextBoolean() ? there : elsewhere, handle);
        pause(250);
        one.scene().delete(handle);
        pause(60);
        two.scene().delete(handle);
        one.scene().untilGone(handle);
        two.scene().untilGone(handle);

        // All that may stay is a reservation that nobody formatted: it holds nothing, and any create takes it over.
        assertThat(remote.live())
                .allSatisfy(workspace -> assertThat(workspace.state()).isEqualTo(WorkspaceState.PENDING_FORMAT));
        assertThat(remote.metadata().keySet()).noneMatch(key -> key.endsWith("setting"));
    }
}
