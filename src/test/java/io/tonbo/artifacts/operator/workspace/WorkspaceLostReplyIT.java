package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.testing.EffectTap;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.redis.Reply;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call has its effect, and its answer never arrives, or says that it failed. */
class WorkspaceLostReplyIT {
    private static final Map<String, Fault> FAULTS = Map.of(
            "the reply is lost", Fault.of(FaultKind.LOST_REPLY),
            "half of the reply is lost", Fault.of(FaultKind.TRUNCATED),
            "500 after the effect", Fault.internalErrorAfterEffect(),
            "504 after the effect", Fault.gateway(504).afterEffect());

    private static World world;
    private static KubeApiProxy kube;
    private static EffectTap tap;
    private static String namespace;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "lost-" + ++stories;
    private final WorkspaceScene scene = new WorkspaceScene(world, namespace);
    private final RemoteState remote = new RemoteState(world, name, name);

    @BeforeAll
    static void start() {
        world = World.start(new Behaviour().deletingLasts(LifePoints.DELETING));
        kube = KubeApiProxy.inFrontOf(world.cluster());
        tap = new EffectTap(world, kube);
        namespace = world.cluster().newNamespace("lost");
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1H");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().via(kube.url()).newClient(), env, 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        tap.close();
        kube.close();
        world.close();
    }

    @AfterEach
    void heal() {
        world.orchestrator().faults().clear();
        world.orchestrator().behaviour().honoursIdempotencyKeys(true);
        tap.restart();
    }

    private void apply() {
        scene.secret("token-" + name, Map.of("token", world.token(name)))
                .goodKeys()
                .bucket(name)
                .apply(name, name, spec -> {
                    spec.getConnectionSecretRef().setName("token-" + name);
                    spec.setDeletionPolicy(DeletionPolicy.DELETE);
                });
    }

    private void becomesReadyFormattedOnce() {
        remote.assertFormattedOnceBy(scene.untilReady(name));
        assertThat(remote.objects()).hasSize(1);
    }

    private void isGoneWhenDeleted() {
        scene.delete(name);
        scene.untilGone(name);
        remote.assertGone();
    }

    static Stream<Arguments> orchestrator() {
        List<Arguments> all = new ArrayList<>();
        for (boolean keys : List.of(true, false)) {
            for (Operation operation :
                    List.of(Operation.LIST, Operation.RESERVE, Operation.CONFIRM, Operation.GET, Operation.DELETE)) {
                FAULTS.keySet().stream().sorted().forEach(fault -> all.add(Arguments.of(operation, fault, keys)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, idempotency keys honoured: {2}")
    @MethodSource("orchestrator")
    void aCallOfTheOrchestratorIsDoneButNotHeardOf(Operation operation, String fault, boolean keys) {
        world.orchestrator().behaviour().honoursIdempotencyKeys(keys);
        world.orchestrator().faults().on(operation).inject(FAULTS.get(fault));

        apply();
        becomesReadyFormattedOnce();
        isGoneWhenDeleted();

        assertThat(world.orchestrator().faults().active())
                .as("faults nobody met")
                .isEmpty();
    }

    static Stream<String> create() {
        return LifePoints.CREATE.stream().filter(point -> !point.startsWith("orchestrator"));
    }

    @ParameterizedTest
    @MethodSource("create")
    void theReplyAtAPointOfACreateIsLost(String point) {
        loseReplyAt(LifePoints.CREATE, point);
        apply();
        becomesReadyFormattedOnce();
        assertThat(tap.sprung()).as("met in %s", tap.points()).isTrue();
        isGoneWhenDeleted();
    }

    static Stream<String> delete() {
        return LifePoints.DELETE.stream().filter(point -> !point.startsWith("orchestrator"));
    }

    @ParameterizedTest
    @MethodSource("delete")
    void theReplyAtAPointOfADeleteIsLost(String point) {
        apply();
        becomesReadyFormattedOnce();
        loseReplyAt(LifePoints.DELETE, point);
        isGoneWhenDeleted();
        assertThat(tap.sprung()).as("met in %s", tap.points()).isTrue();
    }

    /** The S3 server decides before the effect what it does with a reply, so it is told one point ahead. */
    private void loseReplyAt(List<String> points, String point) {
        if (!point.startsWith("bucket")) {
            tap.trap(point, () -> Reply.DROP);
            return;
        }
        tap.trap(points.get(points.indexOf(point) - 1), () -> {
            world.s3().faults().on(S3Match.any().bucket(name), new S3Effect.ReplyLost(), 1);
            return Reply.FORWARD;
        });
    }
}
