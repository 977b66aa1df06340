package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.mountsession.RestartOutcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the way of one restart holds up nobody else's. */
@EnableKubernetesMockClient(crud = true)
class RestartObstaclesTest extends RestartScene {
    private KubernetesMockServer server;
    private KubernetesClient client;

    @Override
    KubernetesClient client() {
        return client;
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
