package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.Expenses;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A credential of a minute ends while the orchestrator is out: what is said and written, and when, by the real clock and with
 * production's waiting times.
 */
class MountSessionExpiryIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WORTH_TELLING = 2;

    /** Completed when Ready is seen to be False. */
    private record UntilNotReady(CompletableFuture<Instant> seen) implements ResourceEventHandler<MountSession> {
        @Override
        public void onAdd(MountSession session) {
            // It is not Ready yet.
        }

        @Override
        public void onUpdate(MountSession before, MountSession now) {
            if (Kstatus.isTrue(before, "Ready") && !Kstatus.isTrue(now, "Ready")) {
                seen.complete(Instant.now());
            }
        }

        @Override
        public void onDelete(MountSession session, boolean unknown) {
            seen.cancel(false);
        }
    }

    private static double attempts(InProcessOperator operator) {
        return operator.meters().find("artifacts_session_renewals_blocked").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void readyTurnsFalseTheSecondItEndsAndAllItsAttemptsCostTwoWrites() throws Exception {
        World world = World.start(new Behaviour().sessionLastsAtMost(MINUTE));
        String namespace = world.cluster().newNamespace("expiry");
        WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("expiry");
        SessionScene sessions = new SessionScene(workspaces);
        CompletableFuture<Instant> notReady = new CompletableFuture<>();
        try (world;
                InProcessOperator operator = InProcessOperator.start(
                        SharedKubeCluster.operator().newClient(), world.environment(), 1, Set.of(namespace));
                var watch = sessions.client()
                        .resources(MountSession.class)
                        .inNamespace(namespace)
                        .inform(new UntilNotReady(notReady))) {
            workspaces.apply("files", "expiry");
            workspaces.untilReady("files");
            sessions.apply("short", "files", spec -> spec.setTtlSeconds(3600));
            Instant end = sessions.untilReady("short").getStatus().getExpiresAt();
            world.orchestrator().stopListening();
            Expenses spent = Expenses.from(world, namespace, "ada");
            sessions.until("short", "Renewed", ConditionStatus.FALSE, "OrchestratorUnreachable", MINUTE);
            assertThat(sessions.condition("short", "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo(ConditionStatus.TRUE));

            Instant seen = notReady.get(2 * MINUTE.toSeconds(), TimeUnit.SECONDS);

            assertThat(Duration.between(end, seen)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            assertThat(attempts(operator)).isGreaterThan(WORTH_TELLING);
            assertThat(spent.writes("short"))
                    .containsExactly("patch mountsessions/status", "patch mountsessions/status");
            assertThat(watch.isRunning()).isTrue();
        }
    }
}
