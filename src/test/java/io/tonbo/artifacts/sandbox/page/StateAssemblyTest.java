package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page knows of a cluster and of an orchestrator, and what it must not. */
@EnableKubernetesMockClient(crud = true)
class StateAssemblyTest extends BesideOrchestrator {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String PLANTED = "planted-secret-5b1d9c";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private ClusterView cluster;
    private StateAssembly assembly;

    @BeforeEach
    void look() {
        orchestrator.calls().clear();
        cluster = new ClusterView(client, Set.of("team"));
        cluster.start();
        assembly = new StateAssembly(cluster, orchestrator.calls(), new NoSwitches());
        await().until(cluster::isComplete);
    }

    @AfterEach
    void stopLooking() {
        cluster.close();
    }

    private PageState state() {
        return assembly.at(NOW);
    }

    private void apply(String namespace, String name) {
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace(namespace);
        workspace.getMetadata().setName(name);
        workspace.setSpec(new WorkspaceSpec());
        client.resource(workspace).create();
    }

    private void event(String name, String apiVersion, Instant at) {
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName(name)
                        .endMetadata()
                        .withEventTime(new MicroTime(at.toString()))
                        .withType("Warning")
                        .withReason("BucketNotFound")
                        .withNote("There is no bucket.")
                        .withNewRegarding()
                        .withApiVersion(apiVersion)
                        .withKind("Workspace")
                        .withNamespace("team")
                        .withName("data")
                        .endRegarding()
                        .build())
                .create();
    }

    private static void call(String method, String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(orchestrator.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{\"note\":\"" + PLANTED + "\"}"))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void showsTheObjectsOfItsNamespacesAsTheyComeAndGo() {
        apply("team", "data");
        apply("elsewhere", "other");

        await().untilAsserted(() ->
                assertThat(state().objects()).extracting(ObjectCard::id).containsExactly("workspace/team/data"));
        client.resources(Workspace.class).inNamespace("team").withName("data").delete();
        await().untilAsserted(() -> assertThat(state().objects()).isEmpty());
    }

    @Test
    void showsTheNewestEventsAboutItsKindsFirst() {
        event("older", "artifacts.tonbo.io/v1alpha1", NOW.minusSeconds(9));
        event("newer", "artifacts.tonbo.io/v1alpha1", NOW.minusSeconds(1));
        event("of-a-pod", "v1", NOW);

        await().untilAsserted(() ->
                assertThat(state().events()).containsExactly(eventLine("team/newer", 1), eventLine("team/older", 9)));
    }

    private static PageState.EventLine eventLine(String id, long secondsAgo) {
        return new PageState.EventLine(
                id,
                NOW.minusSeconds(secondsAgo),
                true,
                "workspace/team/data",
                "BucketNotFound",
                "There is no bucket.",
                1);
    }

    @Test
    void showsCallsWithTheirCodesTheNewestFirst() throws Exception {
        String token = orchestrator.admin().mintToken("acme", TokenKind.JWT);
        call("GET", "/workspaces/acme/absent?cursor=" + PLANTED, token);
        call("GET", "/workspaces", token);
        call("GET", "/workspaces/acme/absent", "no-token");

        List<PageState.CallLine> calls = state().calls();

        assertThat(calls).extracting(PageState.CallLine::number).containsExactly(3L, 2L, 1L);
        assertThat(calls).extracting(PageState.CallLine::status).containsExactly(401, 200, 404);
        assertThat(calls)
                .extracting(PageState.CallLine::code)
                .containsExactly("unauthorized", null, "workspace_not_found");
        assertThat(calls).extracting(PageState.CallLine::account).containsExactly(null, "acme", "acme");
        assertThat(calls.get(2).path()).isEqualTo("/workspaces/acme/absent");
        assertThat(calls.get(2).workspace()).isEqualTo("absent");
        assertThat(calls.get(1).workspace()).isNull();
    }

    @Test
    void isBoundedWhateverThereWas() throws Exception {
        for (int i = 0; i < StateAssembly.LAST + 5; i++) {
            event("event-" + i, "artifacts.tonbo.io/v1alpha1", NOW.minusSeconds(i));
        }
        for (int i = 0; i < StateAssembly.LAST + 3; i++) {
            call("GET", "/nowhere", "no-token");
        }
        await().untilAsserted(() -> assertThat(cluster.events()).hasSize(StateAssembly.LAST + 5));

        PageState state = state();

        assertThat(state.events()).hasSize(StateAssembly.LAST);
        assertThat(state.events().get(0).id()).isEqualTo("team/event-0");
        assertThat(state.calls()).hasSize(StateAssembly.LAST);
        assertThat(state.callCount()).isEqualTo(StateAssembly.LAST + 3);
    }

    @Test
    void neverAsksForASecretAndNeverShowsOne() throws Exception {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("keys")
                        .endMetadata()
                        .withStringData(Map.of("token", PLANTED))
                        .build())
                .create();
        apply("team", "data");
        String token = orchestrator.admin().mintToken("acme", TokenKind.JWT);
        call("POST", "/workspaces", token);
        await().until(() -> state().objects().size() == 1);

        String json = new StateFeed(assembly::at, InstantSource.fixed(NOW)).json();

        assertThat(json).contains("workspace/team/data", "/workspaces", "\"status\":422");
        assertThat(json.contains(PLANTED)).as("the planted secret is shown").isFalse();
        assertThat(json.contains(token)).as("the token is shown").isFalse();
        assertThat(read()).isNotEmpty().noneMatch(path -> path.contains("secrets"));
    }

    /** What was read of the Kubernetes API so far. */
    private List<String> read() throws InterruptedException {
        List<String> paths = new ArrayList<>();
        while (server.getRequestCount() > paths.size()) {
            var request = server.takeRequest();
            if (request.getMethod().toString().equals("GET")) {
                paths.add(request.getPath());
            } else {
                paths.add("");
            }
        }
        paths.removeIf(String::isEmpty);
        return paths;
    }
}
