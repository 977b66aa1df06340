package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.mountsession.RestartOutcome.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MountSession web publishes Secret creds, renews it as session s1, s2 and so on, and waits 10 min for a rollout. */
@EnableKubernetesMockClient(crud = true)
class ConsumerRestartsTest extends RestartScene {
    private KubernetesClient client;

    @Override
    KubernetesClient client() {
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet"})
    void aConsumerIsStampedOnceAndWaitedFor(String kind) {
        create(kind, "w", USES);
        WorkloadReference target = new WorkloadReference(kind, "w");

        RestartReport first = restart("s1", NOW, target);
        assertThat(kinds(first)).containsExactly(Kind.ROLLING);
        assertThat(words(first)).isEqualTo(kind + " w is rolling out");
        assertThat(first.patchedNow()).containsExactly(target);
        assertThat(first.settled()).isFalse();
        assertThat(annotations(kind, "w")).containsExactlyInAnyOrderEntriesOf(Map.of("mine", "kept", KEY, "s1"));
        HasMetadata stamped = read(kind, "w");

        RestartReport second = restart("s1", NOW.plusSeconds(5), target);
        assertThat(kinds(second)).containsExactly(Kind.ROLLING);
        assertThat(second.patchedNow()).isEmpty();
        assertThat(read(kind, "w")).isEqualTo(stamped);

        rollOut(kind, "w");
        RestartReport third = restart("s1", NOW.plusSeconds(10), target);
        assertThat(kinds(third)).containsExactly(Kind.RESTARTED);
        assertThat(words(third)).isEqualTo(kind + " w was restarted");
        assertThat(third.settled()).isTrue();
    }

    @Test
    void theNextOneWaitsUntilTheOneBeforeIsBack() {
        create("Deployment", "a", USES);
        create("Deployment", "b", CLAIMS);

        assertThat(kinds(restart("s1", NOW, deployment("a"), deployment("b")))).containsExactly(Kind.ROLLING);
        assertThat(kinds(restart("s1", NOW, deployment("a"), deployment("b")))).containsExactly(Kind.ROLLING);
        assertThat(stamp("b")).isNull();

        rollOut("Deployment", "a");
        RestartReport report = restart("s1", NOW, deployment("a"), deployment("b"));
        assertThat(kinds(report)).containsExactly(Kind.RESTARTED, Kind.ROLLING);
        assertThat(report.patchedNow()).containsExactly(deployment("b"));
        assertThat(stamp("b")).isEqualTo("s1");
    }

    @Test
    void theNextSessionRestartsItAgain() {
        create("Deployment", "a", USES);
        restart("s1", NOW, deployment("a"));
        rollOut("Deployment", "a");
        assertThat(restart("s1", NOW, deployment("a")).settled()).isTrue();

        RestartReport next = restart("s2", NOW, deployment("a"));
        assertThat(kinds(next)).containsExactly(Kind.ROLLING);
        assertThat(next.patchedNow()).containsExactly(deployment("a"));
        assertThat(stamp("a")).isEqualTo("s2");
    }

    @Test
    void aCrashInBetweenRestartsNothingTwice() {
        create("Deployment", "a", USES);
        create("Deployment", "b", USES);
        restart("s1", NOW, deployment("a"), deployment("b"));
        rollOut("Deployment", "a");
        restart("s1", NOW, deployment("a"), deployment("b"));
        HasMetadata a = read("Deployment", "a");
        HasMetadata b = read("Deployment", "b");

        RestartReport report = restarts("web", "s1")
                .proceed(List.of(deployment("a"), deployment("b")), new RestartProgress(), NOW.plusSeconds(60));

        assertThat(kinds(report)).containsExactly(Kind.RESTARTED, Kind.ROLLING);
        assertThat(report.patchedNow()).isEmpty();
        assertThat(read("Deployment", "a")).isEqualTo(a);
        assertThat(read("Deployment", "b")).isEqualTo(b);
    }

    @Test
    void aStuckRolloutLetsTheNextOneGoAfterPatience() {
        create("Deployment", "a", USES);
        create("Deployment", "b", USES);
        restart("s1", NOW, deployment("a"), deployment("b"));
        assertThat(kinds(restart("s1", NOW.plus(PATIENCE).minusMillis(1), deployment("a"), deployment("b"))))
                .containsExactly(Kind.ROLLING);

        RestartReport report = restart("s1", NOW.plus(PATIENCE), deployment("a"), deployment("b"));
        assertThat(kinds(report)).containsExactly(Kind.STUCK, Kind.ROLLING);
        assertThat(words(report))
                .isEqualTo("Deployment a has not finished its rollout in time; Deployment b is rolling out");
        assertThat(report.settled()).isFalse();

        RestartReport last = restart("s1", NOW.plus(PATIENCE.multipliedBy(2)), deployment("a"), deployment("b"));
        assertThat(kinds(last)).containsExactly(Kind.STUCK, Kind.STUCK);
        assertThat(last.settled()).isTrue();
        rollOut("Deployment", "a");
        assertThat(kinds(restart("s1", NOW.plus(PATIENCE.multipliedBy(3)), deployment("a"), deployment("b"))))
                .containsExactly(Kind.RESTARTED, Kind.STUCK);
    }

    @Test
    void afterACrashPatienceBeginsAnew() {
        create("Deployment", "a", USES);
        restart("s1", NOW, deployment("a"));
        RestartProgress fresh = new RestartProgress();
        Instant later = NOW.plus(PATIENCE);

        assertThat(kinds(restarts("web", "s1").proceed(List.of(deployment("a")), fresh, later)))
                .containsExactly(Kind.ROLLING);
        assertThat(kinds(restarts("web", "s1").proceed(List.of(deployment("a")), fresh, later.plus(PATIENCE))))
                .containsExactly(Kind.STUCK);
    }

    @Test
    void twoMountSessionsThatRestartTheSameWorkloadDoNotFight() {
        create("Deployment", "a", USES);
        RestartProgress others = new RestartProgress();
        List<WorkloadReference> targets = List.of(deployment("a"));
        restart("s1", NOW, deployment("a"));
        assertThat(restarts("api", "t1").proceed(targets, others, NOW).patchedNow())
                .hasSize(1);
        assertThat(annotations("Deployment", "a"))
                .containsEntry(KEY, "s1")
                .containsEntry("restarted-for.artifacts.tonbo.io/api", "t1");
        HasMetadata both = read("Deployment", "a");

        for (int second = 1; second < 4; second++) {
            assertThat(restart("s1", NOW.plusSeconds(second), deployment("a")).patchedNow())
                    .isEmpty();
            assertThat(restarts("api", "t1")
                            .proceed(targets, others, NOW.plusSeconds(second))
                            .patchedNow())
                    .isEmpty();
        }
        assertThat(read("Deployment", "a")).isEqualTo(both);
    }

    @Test
    void whoeverWritesAnotherTemplateOverTheStampIsNotFought() {
        create("Deployment", "a", USES);
        restart("s1", NOW, deployment("a"));
        unstamp("Deployment", "a");

        RestartReport report = restart("s1", NOW.plusSeconds(5), deployment("a"));
        assertThat(kinds(report)).containsExactly(Kind.ROLLING);
        assertThat(report.patchedNow()).isEmpty();
        rollOut("Deployment", "a");
        assertThat(kinds(restart("s1", NOW.plusSeconds(9), deployment("a")))).containsExactly(Kind.RESTARTED);
        assertThat(stamp("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet"})
    void aWorkloadThatDoesNotUseTheSecretIsNeverTouched(String kind) {
        create(kind, "victim", STRANGER);
        create("Deployment", "b", USES);
        HasMetadata victim = read(kind, "victim");

        RestartReport report = restart("s1", NOW, new WorkloadReference(kind, "victim"), deployment("b"));

        assertThat(kinds(report)).containsExactly(Kind.NOT_A_CONSUMER, Kind.ROLLING);
        assertThat(report.patchedNow()).containsExactly(deployment("b"));
        assertThat(report.outcomes().get(0).words())
                .isEqualTo(kind + " victim does not use Secret creds: its Pod template names neither the Secret nor, in"
                        + " annotation artifacts.tonbo.io/mount-session, MountSession web");
        assertThat(read(kind, "victim")).isEqualTo(victim);
    }
}
