package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tonbo.artifacts.operator.runtime.ElectedOperator.Phase;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several replicas, one of which works; as the ServiceAccount that is shipped, with the Lease that it may use. */
class ElectionIT {
    /** The Lease's 60 s are 6: enough for a busy machine. */
    private static final double TIME_SCALE = 0.1;

    /** After which a leader that could not renew gives up, and some time for a request. */
    private static final Duration DEADLINE = Duration.ofMillis(3000 + 300);

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
        return replica(user, () -> {});
    }

    private InProcessOperator replica(Kubeconfig user, Runnable beforeItWorks) {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_LEADER_ELECTION_LEASE", "artifacts-operator");
        return InProcessOperator.start(user.newClient(), env, TIME_SCALE, Set.of(namespace), beforeItWorks);
    }

    private static void untilWorks(InProcessOperator replica) {
        await().atMost(PATIENCE).until(replica::phase, Phase.WORKING::equals);
    }

    @Test
    void theOneThatIsElectedWorksAndTheOtherTakesOverWhenItEnds() {
        AtomicReference<String> holder = new AtomicReference<>();
        try (InProcessOperator second = replicaBehind(replica(), holder)) {
            untilWorks(second);

            assertThat(lease().get().getSpec().getHolderIdentity())
                    .startsWith("artifacts-operator_")
                    .isNotEqualTo(holder.get());
            scene.apply("later", namespace);
            scene.untilReady("later");
            assertThat(second.exits()).isEmpty();
        }
        assertThat(lease().get().getSpec().getHolderIdentity()).as("given back").isNullOrEmpty();
    }

    /** Ends the first one after it has done something. */
    private InProcessOperator replicaBehind(InProcessOperator first, AtomicReference<String> holder) {
        try (first) {
            untilWorks(first);
            holder.set(lease().get().getSpec().getHolderIdentity());
            assertThat(holder.get()).startsWith("artifacts-operator_");
            InProcessOperator second = replica();
            scene.apply("sooner", namespace);
            scene.untilReady("sooner");
            assertThat(second.phase()).isEqualTo(Phase.STANDBY);
            assertThat(second.standsBy()).isTrue();
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
        LeaseSpec spec = new LeaseSpecBuilder()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(6)
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .build();
        if (lease().get() == null) {
            create(spec);
        } else {
            lease().edit(held -> new LeaseBuilder(held).withSpec(spec).build());
        }
    }

    private static void create(LeaseSpec spec) {
        world.cluster()
                .adminClient()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(KubeCluster.OPERATOR_NAMESPACE)
                        .withName("artifacts-operator")
                        .endMetadata()
                        .withSpec(spec)
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

    /** The API server is away for longer than a leader may do without, and back when it gives up. */
    @Test
    void oneThatCouldNotRenewInTimeKeepsTheLeaseUntilItHasEnded() {
        try (KubeApiProxy proxy = KubeApiProxy.inFrontOf(world.cluster());
                InProcessOperator replica = replica(SharedKubeCluster.operator().via(proxy.url()))) {
            untilWorks(replica);
            String holder = lease().get().getSpec().getHolderIdentity();
            proxy.refuse(call -> call.resource().equals("leases"), 503, Integer.MAX_VALUE);
            ZonedDateTime tooLate = lease().get().getSpec().getRenewTime().plus(DEADLINE);
            await().until(() -> ZonedDateTime.now(ZoneOffset.UTC).isAfter(tooLate));
            proxy.heal();

            await().atMost(PATIENCE).until(replica::exits, exits -> !exits.isEmpty());
            assertThat(lease().get().getSpec().getHolderIdentity())
                    .as("what is under way is not at its end yet")
                    .isEqualTo(holder);
        }
        assertThat(lease().get().getSpec().getHolderIdentity()).as("given back").isNullOrEmpty();
    }

    /** Made in advance, say, by whoever does not want to let the operator create it. */
    @Test
    void aLeaseThatLacksEverythingIsTaken() {
        create(new LeaseSpec());
        try (InProcessOperator replica = replica()) {
            untilWorks(replica);
        }
    }

    /** Kinds are reconciled as soon as their caches are filled, the first perhaps long before the last. */
    @Test
    void whatBeganBeforeAllCachesWereFilledComesToItsEndToo() throws Exception {
        CompletableFuture<Void> filled = new CompletableFuture<>();
        world.orchestrator().faults().on(Operation.RESERVE).inject(Fault.of(FaultKind.LATE, Duration.ofSeconds(2)));
        scene.apply("early", namespace);
        InProcessOperator replica = replica(SharedKubeCluster.operator(), filled::join);
        await().atMost(PATIENCE).until(() -> world.orchestrator().calls().count(Operation.RESERVE, "early") == 1);
        assertThat(replica.phase()).isEqualTo(Phase.BEGINNING);

        Thread end = new Thread(replica::close);
        end.start();
        filled.complete(null);
        end.join(PATIENCE.toMillis());

        assertThat(scene.get("early").getStatus().getWorkspaceId())
                .as("recorded from the answer that came after the end began")
                .isNotNull();
        assertThat(lease().get().getSpec().getHolderIdentity()).as("given back").isNullOrEmpty();
    }

    @Test
    void oneThatMayNotUseTheLeaseDoesNotSayThatItCould() {
        Kubeconfig stranger = world.cluster().restrictedKubeconfig(namespace, "default");
        try (InProcessOperator replica = replica(stranger)) {
            await().during(Duration.ofSeconds(2)).until(replica::phase, Phase.STANDBY::equals);
            assertThat(lease().get()).isNull();
            assertThat(replica.standsBy()).isFalse();
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
