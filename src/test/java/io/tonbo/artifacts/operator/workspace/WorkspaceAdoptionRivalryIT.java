package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.ReadyWatch;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * Two Workspaces adopt what the command line made, at the same time. There is no claim to race for, so whose it is shows in
 * Kubernetes alone: one is Ready, and the other's deletion takes nothing from it.
 */
class WorkspaceAdoptionRivalryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static World world;
    private static String here;
    private static String elsewhere;
    private static InProcessOperator operator;
    private static InProcessOperator another;
    private static ReadyWatch watch;
    private static int stories;

    private final String handle = "adopters-" + ++stories;
    private final RemoteState remote = new RemoteState(world, handle, handle);

    private record Adopter(WorkspaceScene scene, String object) {
        boolean ready() {
            return scene.isTrue(object, "Ready");
        }

        boolean stalled() {
            return scene.isTrue(object, "Stalled");
        }

        @Override
        public String toString() {
            return scene.namespace() + "/" + object + ": " + scene.get(object).getStatus();
        }
    }

    @BeforeAll
    static void start() {
        world = World.start();
        here = world.cluster().newNamespace("adopters");
        elsewhere = world.cluster().newNamespace("adopters");
        operator = operator(Set.of(here));
        another = operator(Set.of(elsewhere));
        watch = new ReadyWatch(world.cluster().adminClient());
    }

    private static InProcessOperator operator(Set<String> namespaces) {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1S");
        return InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, 0.02, namespaces);
    }

    @AfterAll
    static void stop() {
        watch.close();
        operator.close();
        another.close();
        world.close();
    }

    @AfterEach
    void neverTwoReadyOnOne() {
        assertThat(watch.readySeen()).isPositive();
        assertThat(watch.violations()).isEmpty();
    }

    private StoredWorkspace madeByTheCommandLine(CliProgress progress) {
        world.s3().createBucket(handle);
        StoredStorage storage = new StoredStorage(handle, world.s3().endpoint().toString(), World.REGION, "");
        StoredWorkspace made = world.orchestrator().admin().makeAsCli(handle, handle, storage, progress);
        String setting = remote.metadata().get(made.keyPrefix() + "setting");
        String uuid = VolumeSetting.parse(setting.getBytes(StandardCharsets.ISO_8859_1))
                .uuid();
        world.s3().put(handle, made.volumeName() + "/juicefs_uuid", uuid.getBytes(StandardCharsets.UTF_8));
        return made;
    }

    private Adopter adopt(String namespace, String object) {
        WorkspaceScene scene = new WorkspaceScene(world, namespace)
                .goodKeys()
                .secret("token-" + handle, Map.of("token", world.token(handle)));
        scene.apply(object, handle, spec -> {
            spec.setName(handle);
            spec.getConnectionSecretRef().setName("token-" + handle);
            spec.setAdoptionPolicy(AdoptionPolicy.ADOPT);
            spec.setDeletionPolicy(DeletionPolicy.DELETE);
        });
        return new Adopter(scene, object);
    }

    private static void pause(RepetitionInfo round, int mostMillis) {
        try {
            Thread.sleep(new Random(round.getCurrentRepetition()).nextInt(mostMillis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void oneHasItAndTheOtherTakesNothing(StoredWorkspace made, Adopter one, Adopter two) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(List.of(one, two))
                    .filteredOn(Adopter::ready)
                    .as("%s%n%s", one, two)
                    .hasSize(1);
            assertThat(List.of(one, two))
                    .filteredOn(Adopter::stalled)
                    .as("%s%n%s", one, two)
                    .hasSize(1);
        });
        Adopter winner = one.ready() ? one : two;
        Adopter loser = one.ready() ? two : one;
        assertThat(loser.scene()
                        .condition(loser.object(), "Stalled")
                        .orElseThrow()
                        .getReason())
                .isEqualTo("WorkspaceExists");
        assertThat(loser.scene().isTrue(loser.object(), "Formatted"))
                .as("its record counts no more")
                .isFalse();
        Map<String, String> metadata = remote.metadata();

        loser.scene().delete(loser.object());
        loser.scene().untilGone(loser.object());

        assertThat(remote.live()).singleElement().satisfies(left -> assertThat(left.id())
                .isEqualTo(made.id()));
        assertThat(remote.metadata()).isEqualTo(metadata);
        assertThat(winner.ready()).isTrue();

        winner.scene().delete(winner.object());
        winner.scene().untilGone(winner.object());
        remote.assertGone();
    }

    @RepeatedTest(5)
    void anActiveOneInOneNamespace(RepetitionInfo round) {
        StoredWorkspace made = madeByTheCommandLine(CliProgress.ACTIVE);
        Adopter one = adopt(here, handle + "-one");
        pause(round, 60);
        Adopter two = adopt(here, handle + "-two");

        oneHasItAndTheOtherTakesNothing(made, one, two);
    }

    @RepeatedTest(4)
    void anActiveOneUnderTwoOperatorsThatKnowNothingOfOneAnother(RepetitionInfo round) {
        StoredWorkspace made = madeByTheCommandLine(CliProgress.ACTIVE);
        Adopter one = adopt(here, handle);
        pause(round, 60);
        Adopter two = adopt(elsewhere, handle);

        oneHasItAndTheOtherTakesNothing(made, one, two);
    }

    @RepeatedTest(4)
    void aFormattedOneThatWasNeverConfirmed(RepetitionInfo round) {
        StoredWorkspace made = madeByTheCommandLine(CliProgress.FORMATTED);
        Adopter one = adopt(here, handle);
        pause(round, 60);
        Adopter two = adopt(elsewhere, handle);

        oneHasItAndTheOtherTakesNothing(made, one, two);
    }

    private String tokenIn(String namespace) {
        String encoded = world.cluster()
                .adminClient()
                .secrets()
                .inNamespace(namespace)
                .withName("token-" + handle)
                .get()
                .getData()
                .get("token");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    /** The deletion waits for a good token, and goes through when there is one: what it deletes must be nobody's. */
    @Test
    void oneWhoseDeletionWaitsIsNotAdoptedBehindItsBack() {
        StoredWorkspace made = madeByTheCommandLine(CliProgress.ACTIVE);
        Adopter first = adopt(here, handle);
        first.scene().untilReady(handle);
        world.orchestrator().admin().revokeToken(tokenIn(here));
        first.scene().delete(handle);
        first.scene().untilStalled(handle, "DeletionBlocked");

        Adopter second = adopt(elsewhere, handle);
        second.scene().untilStalled(handle, "WorkspaceExists");
        first.scene().secret("token-" + handle, Map.of("token", world.token(handle)));
        first.scene().untilGone(handle);

        Workspace ready = second.scene().untilReady(handle);
        assertThat(ready.getStatus().getWorkspaceId())
                .as("the one that is gone was never the second's")
                .isNotEqualTo(made.id());
        remote.assertFormattedBy(ready);
    }
}
