package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.mountsession.RestartOutcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MountSession web publishes Secret creds, renews it as session s1, s2 and so on, and waits 10 min for a rollout. */
@EnableKubernetesMockClient(crud = true)
class ConsumerRestartsTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String KEY = "restarted-for.artifacts.tonbo.io/web";
    private static final String USES =
            "'template': {'metadata': {'annotations': {'mine': 'kept'}}, 'spec': {'containers':"
                    + " [{'name': 'c', 'envFrom': [{'secretRef': {'name': 'creds'}}]}]}}";
    private static final String CLAIMS =
            "'template': {'metadata': {'annotations': {'artifacts.tonbo.io/mount-session': 'web'}}, 'spec': {}}";
    private static final String STRANGER =
            "'template': {'metadata': {'annotations': {'artifacts.tonbo.io/mount-session': 'another'}}, 'spec': {}}";

    KubernetesMockServer server;
    KubernetesClient client;

    private final RestartProgress progress = new RestartProgress();

    @BeforeEach
    void failAtOnce() {
        client.getConfiguration().setRequestRetryBackoffLimit(0);
    }

    private void create(String kind, String name, String spec) {
        String json = "{'apiVersion': 'apps/v1', 'kind': '" + kind + "', 'metadata': {'namespace': 'team', 'name': '"
                + name + "'}, 'spec': {'replicas': 1, " + spec + "}}";
        client.resource((HasMetadata) KUBERNETES.unmarshal(json.replace('\'', '"')))
                .create();
    }

    private HasMetadata read(String kind, String name) {
        return switch (kind) {
            case "Deployment" ->
                client.apps().deployments().inNamespace("team").withName(name).get();
            case "StatefulSet" ->
                client.apps().statefulSets().inNamespace("team").withName(name).get();
            default ->
                client.apps().daemonSets().inNamespace("team").withName(name).get();
        };
    }

    /** Its controller has replaced every Pod. */
    private void rollOut(String kind, String name) {
        HasMetadata workload = read(kind, name);
        ObjectNode tree = KUBERNETES.convertValue(workload, ObjectNode.class);
        tree.putObject("status")
                .put("observedGeneration", workload.getMetadata().getGeneration())
                .put("replicas", 1)
                .put("updatedReplicas", 1)
                .put("readyReplicas", 1)
                .put("availableReplicas", 1);
        client.resource(KUBERNETES.unmarshal(tree.toString(), workload.getClass()))
                .update();
    }

    /** Somebody writes the workload anew, without the stamps of others. */
    private void unstamp(String kind, String name) {
        HasMetadata workload = read(kind, name);
        RestartTargets.annotations(RestartTargets.template(workload)).remove(KEY);
        client.resource(workload).update();
    }

    private Map<String, String> annotations(String kind, String name) {
        return RestartTargets.annotations(RestartTargets.template(read(kind, name)));
    }

    private String stamp(String name) {
        return annotations("Deployment", name).get(KEY);
    }

    private ConsumerRestarts restarts(String mountSession, String stamp) {
        return new ConsumerRestarts(client, "team", new SecretUse("creds", mountSession), stamp, PATIENCE);
    }

    private RestartReport restart(String stamp, Instant now, WorkloadReference... targets) {
        return restarts("web", stamp).proceed(List.of(targets), progress, now);
    }

    private static WorkloadReference deployment(String name) {
        return new WorkloadReference("Deployment", name);
    }

    private static List<Kind> kinds(RestartReport report) {
        return report.outcomes().stream().map(RestartOutcome::kind).toList();
    }

    private static String words(RestartReport report) {
        return String.join(
                "; ", report.outcomes().stream().map(RestartOutcome::words).toList());
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

    @Test
    void whatIsNotThereHoldsUpNobody() {
        create("Deployment", "b", USES);

        RestartReport report = restart(
                "s1",
                NOW,
                deployment("gone"),
                new WorkloadReference("StatefulSet", "b"),
                new WorkloadReference("CronJob", "x"),
                new WorkloadReference(null, "x"),
                deployment("b"));

        assertThat(kinds(report))
                .containsExactly(Kind.NOT_FOUND, Kind.NOT_FOUND, Kind.UNKNOWN_KIND, Kind.UNKNOWN_KIND, Kind.ROLLING);
        assertThat(words(report))
                .startsWith("Deployment gone does not exist; StatefulSet b does not exist; CronJob x is of a kind that"
                        + " this version of the operator cannot restart");
    }

    @Test
    void whatIsBeingDeletedIsLeftAlone() {
        String deleted = "{\"metadata\": {\"name\": \"a\", \"deletionTimestamp\": \"2026-11-01T11:00:00Z\"},"
                + " \"spec\": {" + USES.replace('\'', '"') + "}}";
        server.expect()
                .get()
                .withPath("/apis/apps/v1/namespaces/team/deployments/a")
                .andReturn(200, deleted)
                .always();

        RestartReport report = restart("s1", NOW, deployment("a"));
        assertThat(kinds(report)).containsExactly(Kind.NOT_FOUND);
        assertThat(words(report)).isEqualTo("Deployment a is being deleted");
        assertThat(report.settled()).isTrue();
    }

    @Test
    void nobodyIsToRestartNothingIsToBeWaitedFor() {
        RestartReport report = restart("s1", NOW);

        assertThat(report.outcomes()).isEmpty();
        assertThat(report.settled()).isTrue();
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"StatefulSet", "DaemonSet"})
    void whatIsReplacedOnDeletionHoldsUpNobodyAndSaysWhatIsToBeDone(String kind) {
        create(kind, "a", "'updateStrategy': {'type': 'OnDelete'}, " + USES);
        create("Deployment", "b", USES);
        WorkloadReference target = new WorkloadReference(kind, "a");

        RestartReport report = restart("s1", NOW, target, deployment("b"));
        assertThat(kinds(report)).containsExactly(Kind.RESTARTED_ON_DELETE, Kind.ROLLING);
        assertThat(report.patchedNow()).containsExactly(target, deployment("b"));
        assertThat(report.outcomes().get(0).words())
                .isEqualTo(kind
                        + " a has update strategy OnDelete: each of its Pods is replaced when somebody deletes it");

        RestartReport again = restart("s1", NOW.plusSeconds(5), target, deployment("b"));
        assertThat(kinds(again)).containsExactly(Kind.RESTARTED_ON_DELETE, Kind.ROLLING);
        assertThat(again.patchedNow()).isEmpty();
    }

    @Test
    void aPausedDeploymentHoldsUpNobody() {
        create("Deployment", "a", "'paused': true, " + USES);
        create("Deployment", "b", USES);

        RestartReport report = restart("s1", NOW, deployment("a"), deployment("b"));
        assertThat(kinds(report)).containsExactly(Kind.STUCK, Kind.ROLLING);
        assertThat(report.outcomes().get(0).words())
                .isEqualTo("Deployment a is paused: it replaces its Pods when it is resumed");
        assertThat(stamp("a")).isEqualTo("s1");
    }

    @ParameterizedTest
    @CsvSource({
        "403, FORBIDDEN, The API server does not let the operator restart Deployment a",
        "404, NOT_FOUND, Deployment a does not exist",
        "400, REFUSED, The API server does not take the restart of Deployment a (HTTP 400)",
        "422, REFUSED, The API server does not take the restart of Deployment a (HTTP 422)"
    })
    void aWriteThatIsRefusedHoldsUpNobody(int code, Kind kind, String words) {
        create("Deployment", "a", USES);
        create("Deployment", "b", USES);
        server.expect()
                .patch()
                .withPath("/apis/apps/v1/namespaces/team/deployments/a")
                .andReturn(code, "")
                .always();

        RestartReport report = restart("s1", NOW, deployment("a"), deployment("b"));
        assertThat(kinds(report)).containsExactly(kind, Kind.ROLLING);
        assertThat(report.outcomes().get(0).words()).isEqualTo(words);
        assertThat(report.patchedNow()).containsExactly(deployment("b"));
    }

    @Test
    void aReadThatIsRefusedHoldsUpNobody() {
        create("Deployment", "b", USES);
        server.expect()
                .get()
                .withPath("/apis/apps/v1/namespaces/team/deployments/a")
                .andReturn(403, "")
                .always();

        assertThat(kinds(restart("s1", NOW, deployment("a"), deployment("b"))))
                .containsExactly(Kind.FORBIDDEN, Kind.ROLLING);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 409, 500, 503})
    void everyOtherFailureIsTriedAgainAndHoldsUpNobody(int code) {
        create("Deployment", "a", USES);
        create("Deployment", "b", USES);
        server.expect()
                .patch()
                .withPath("/apis/apps/v1/namespaces/team/deployments/a")
                .andReturn(code, "")
                .once();

        RestartReport failed = restart("s1", NOW, deployment("a"), deployment("b"));
        assertThat(kinds(failed)).containsExactly(Kind.FAILED, Kind.ROLLING);
        assertThat(failed.settled()).isFalse();
        assertThat(restart("s1", NOW.plusSeconds(5), deployment("a"), deployment("b"))
                        .patchedNow())
                .hasSize(1);
    }

    @Test
    void aRestartIsOneReadAndOneWriteOfTheStampAlone() throws InterruptedException {
        create("Deployment", "a", USES);
        server.takeRequest();
        // Without this the mock server reads the body itself and leaves none to look at.
        server.expect()
                .patch()
                .withPath("/apis/apps/v1/namespaces/team/deployments/a")
                .andReturn(200, "{}")
                .once();

        restart("s1", NOW, deployment("a"));

        assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
        var request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("PATCH");
        assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(request.getBody().readUtf8())
                .isEqualTo("{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"" + KEY + "\":\"s1\"}}}}}");
    }
}
