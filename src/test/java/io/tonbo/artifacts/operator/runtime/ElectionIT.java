package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tonbo.artifacts.operator.runtime.ElectedOperator.Phase;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several replicas, one of which works; as the ServiceAccount that is shipped, with the Lease that it may use. */
class ElectionIT {
    /** The Lease's 60 s are 3. */
    private static final double TIME_SCALE = 0.05;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static World world;

    private final String namespace = world.cluster().newNamespace("election");
    private final WorkspaceScene scene = new WorkspaceScene(world, namespace);

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void prepare() {
        scene.token(world.token(namespace)).goodKeys().bucket(namespace);
    }

    @AfterEach
    void forgetTheLease() {
        lease().delete();
    }

    private static Resource<Lease> lease() {
        return world.cluster()
                .adminClient()
                .leases()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName("artifacts-operator");
    }

    private InProcessOperator replica() {
        return replica(SharedKubeCluster.operator());
    }

    private InProcessOperator replica(Kubeconfig user) {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_LEADER_ELECTION_LEASE", "artifacts-operator");
        return InProcessOperator.start(user.newClient(), env, TIME_SCALE, Set.of(namespace));
    }

    private static void untilWorks(InProcessOperator replica) {
        await().atMost(PATIENCE).until(replica::phase, Phase.WORKING::equals);
    }

    @Test
    void theOneThatIsElectedWorksAndTheOtherTakesOverWhenItEnds() {
        try (InProcessOperator second = replicaBehind(replica())) {
            String released = lease().get().getSpec().getHolderIdentity();
            untilWorks(second);

            assertThat(lease().get().getSpec().getHolderIdentity())
                    .startsWith("artifacts-operator_")
                    .isNotEqualTo(released);
            scene.apply("later", namespace);
            scene.untilReady("later");
            assertThat(second.exits()).isEmpty();
        }
        assertThat(lease().get().getSpec().getHolderIdentity()).as("given back").isNullOrEmpty();
    }

    /** Ends the first one after it has done something. */
    private InProcessOperator replicaBehind(InProcessOperator first) {
        try (first) {
            untilWorks(first);
            InProcessOperator second = replica();
            scene.apply("sooner", namespace);
            scene.untilReady("sooner");
            assertThat(second.phase()).isEqualTo(Phase.STANDBY);
            return second;
        }
    }

    @Test
    void ofOneThatDiedTheLeaseRunsOut() {
        hold("dead_replica");
        try (InProcessOperator replica = replica()) {
            await().pollDelay(Duration.ofSeconds(1)).until(replica::phase, Phase.STANDBY::equals);
            untilWorks(replica);
            assertThat(lease().get().getSpec().getLeaseTransitions()).isEqualTo(1);
        }
    }

    /** A Lease that was renewed just now. */
    private static void hold(String holder) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        lease().delete();
        world.cluster()
                .adminClient()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(KubeCluster.OPERATOR_NAMESPACE)
                        .withName("artifacts-operator")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(3)
                        .withAcquireTime(now)
                        .withRenewTime(now)
                        .withLeaseTransitions(0)
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void oneThatIsDeposedEndsAndTouchesTheLeaseNoMore() {
        try (InProcessOperator replica = replica()) {
            untilWorks(replica);
            hold("another_replica");
            await().atMost(PATIENCE).until(replica::exits, exits -> !exits.isEmpty());
            assertThat(replica.exits()).containsExactly(ElectedOperator.DEPOSED);
        }
        assertThat(lease().get().getSpec().getHolderIdentity()).isEqualTo("another_replica");
    }

    @Test
    void oneThatMayNotUseTheLeaseStandsBy() {
        Kubeconfig stranger = world.cluster().restrictedKubeconfig(namespace, "default");
        try (InProcessOperator replica = replica(stranger)) {
            await().during(Duration.ofSeconds(2)).until(replica::phase, Phase.STANDBY::equals);
            assertThat(lease().get()).isNull();
            assertThat(replica.meters().find("artifacts_objects").gauges())
                    .as("who watches nothing counts nothing")
                    .allMatch(gauge -> gauge.value() == 0);
        }
    }

    @Test
    void whatIsUnderWayComesToItsEndBeforeTheLeaseIsGivenBack() {
        world.orchestrator().faults().on(Operation.RESERVE).inject(Fault.of(FaultKind.LATE, Duration.ofSeconds(2)));
        try (InProcessOperator replica = replica()) {
            untilWorks(replica);
            scene.apply("slow", namespace);
            await().atMost(PATIENCE).until(() -> world.orchestrator().calls().count(Operation.RESERVE, "slow") == 1);
        }
        assertThat(scene.get("slow").getStatus().getWorkspaceId())
                .as("recorded from the answer that came after the shutdown began")
                .isNotNull();
        assertThat(lease().get().getSpec().getHolderIdentity()).isNullOrEmpty();
        assertThat(world.orchestrator().calls().count(Operation.RESERVE, "slow"))
                .isEqualTo(1);
    }
}
