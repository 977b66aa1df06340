package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient(crud = true)
class EventRecorderTest {
    private static final String IN_TEAM = "/apis/events.k8s.io/v1/namespaces/team/events";
    /** RFC 1123 subdomain, as the API server checks names. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    KubernetesMockServer server;
    KubernetesClient client;

    private EventRecorder recorder;

    @BeforeEach
    void start() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00.000007Z"));
        recorder = new EventRecorder(client, "artifacts-system", "artifacts-operator-0", clock);
    }

    private static Workspace workspace(String name) {
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace("team");
        workspace.getMetadata().setName(name);
        workspace.getMetadata().setUid("uid-1");
        return workspace;
    }

    private static Announcement saying(String note) {
        return new Announcement(true, "WorkspaceGone", "Reconcile", note);
    }

    private List<Event> events(String namespace) {
        return client.events().v1().events().inNamespace(namespace).list().getItems();
    }

    @Test
    void anEventSaysWhatWhoAndAboutWhom() {
        recorder.record(workspace("files"), saying("It is gone."));

        assertThat(events("team")).singleElement().satisfies(event -> {
            assertThat(event.getApiVersion()).isEqualTo("events.k8s.io/v1");
            assertThat(event.getMetadata().getName()).startsWith("files.");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("WorkspaceGone");
            assertThat(event.getAction()).isEqualTo("Reconcile");
            assertThat(event.getNote()).isEqualTo("It is gone.");
            assertThat(event.getReportingController()).isEqualTo("artifacts.tonbo.io/operator");
            assertThat(event.getReportingInstance()).isEqualTo("artifacts-operator-0");
            assertThat(event.getEventTime().getTime()).isEqualTo("2026-01-01T00:00:00.000007Z");
            assertThat(event.getRegarding().getKind()).isEqualTo("Workspace");
            assertThat(event.getRegarding().getApiVersion()).isEqualTo("artifacts.tonbo.io/v1alpha1");
            assertThat(event.getRegarding().getName()).isEqualTo("files");
            assertThat(event.getRegarding().getUid()).isEqualTo("uid-1");
        });
    }

    @Test
    void theSameSaidTwiceIsTwoEvents() {
        recorder.record(workspace("files"), saying("once"));
        recorder.record(workspace("files"), saying("twice"));

        assertThat(events("team")).hasSize(2);
    }

    @Test
    void theLongestNameStillGivesAValidOne() {
        // Cut where a part of the name would end in what it must not end in.
        String name = "a".repeat(227) + ".b-." + "c".repeat(20) + "d";

        recorder.record(workspace(name), saying("x"));
        recorder.record(workspace("e".repeat(253)), saying("x"));

        assertThat(events("team")).hasSize(2).allSatisfy(event -> {
            assertThat(event.getMetadata().getName()).hasSizeLessThanOrEqualTo(253);
            assertThat(event.getMetadata().getName()).matches(NAME);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "…", "🗄"})
    void aLongNoteIsCutToWhatTheApiServerTakesInBytes(String character) {
        recorder.record(workspace("files"), saying("-" + character.repeat(2000)));

        assertThat(events("team")).singleElement().satisfies(event -> {
            String note = event.getNote();
            assertThat(note.getBytes(StandardCharsets.UTF_8).length).isBetween(1021, 1024);
            assertThat("-" + character.repeat(2000)).startsWith(note);
        });
    }

    @Test
    void inANamespaceThatEndsTheLastWordIsSaidAtHome() {
        server.expect().post().withPath(IN_TEAM).andReturn(403, "{}").always();

        recorder.record(workspace("files"), saying("left behind"));

        assertThat(events("artifacts-system")).singleElement().satisfies(event -> {
            assertThat(event.getNote()).isEqualTo("left behind");
            assertThat(event.getRegarding().getNamespace()).isEqualTo("team");
        });
    }

    @Test
    void whatCannotBeRecordedAnywhereHarmsNobody() {
        server.expect().post().withPath(IN_TEAM).andReturn(403, "{}").always();
        server.expect()
                .post()
                .withPath("/apis/events.k8s.io/v1/namespaces/artifacts-system/events")
                .andReturn(403, "{}")
                .always();

        recorder.record(workspace("files"), saying("left behind"));

        assertThat(events("team")).isEmpty();
        assertThat(events("artifacts-system")).isEmpty();
    }

    @Test
    void aFaultOfTheApiServerIsNotAnsweredByAnEventElsewhere() {
        server.expect().post().withPath(IN_TEAM).andReturn(422, "{}").always();

        recorder.record(workspace("files"), saying("odd"));

        assertThat(events("artifacts-system")).isEmpty();
    }
}
