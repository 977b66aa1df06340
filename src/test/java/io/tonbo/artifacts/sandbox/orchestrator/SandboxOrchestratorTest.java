package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The life of a workspace as any client of the API sees it. */
class SandboxOrchestratorTest extends OnOrchestrator {
    @Test
    void aWorkspaceGoesFromReservedToActiveToGone() throws Exception {
        Http.Answer reserved = http.reserve("data");
        assertThat(reserved.status()).isEqualTo(201);
        JsonNode workspace = reserved.json().get("workspace");
        assertThat(workspace.get("status").asText()).isEqualTo("pending_format");
        assertThat(workspace.get("handle").asText()).isEqualTo(handle);
        assertThat(workspace.get("cache_profile").asText()).isEqualTo("interactive");
        assertThat(workspace.at("/storage/prefix").asText()).isEqualTo("p");
        assertThat(workspace.get("key_prefix").asText()).matches("\\{u_[0-9]+_w_[0-9]+}:");
        assertThat(workspace.get("volume_name").asText())
                .matches("^[a-z0-9][a-z0-9\\-]{1,61}[a-z0-9]$")
                .doesNotContain("data");
        Instant ends = Instant.parse(reserved.text("/format/expires_at"));
        assertThat(Duration.between(Instant.now(), ends)).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));

        assertThat(http.confirm(handle, "data").code()).isEqualTo("setting_key_missing");
        format(reserved, "/workspace", "/format");
        assertThat(http.confirm(handle, "data").text("/status")).isEqualTo("active");
        assertThat(http.confirm(handle, "data").status()).as("confirming again").isEqualTo(200);

        Http.Answer session = http.open(handle, "data", "rw");
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.json().get("storage")).isEqualTo(workspace.get("storage"));
        for (String field : List.of("volume_name", "key_prefix")) {
            assertThat(session.json().get(field)).isEqualTo(workspace.get(field));
        }

        orchestrator.behaviour().deletingLasts(Duration.ofSeconds(1));
        assertThat(http.delete(path("data")).status()).isEqualTo(202);
        assertThat(http.get(path("data")).text("/status")).isEqualTo("deleting");
        assertThat(http.delete(path("data")).status()).as("deleting again").isEqualTo(202);
        await().untilAsserted(() -> assertThat(http.get(path("data")).status()).isEqualTo(404));
        assertThat(http.get(path("data")).code()).isEqualTo("workspace_not_found");
        assertThat(http.delete(path("data")).status()).isEqualTo(404);
        try (Jedis server = redis.admin()) {
            assertThat(server.keys(workspace.get("key_prefix").asText() + "*")).isEmpty();
        }
    }

    @Test
    void aListIsPagedItsLimitCappedAndOnlyOfTheTokensOwner() throws Exception {
        Http.of(orchestrator, handle + "-b").reserve("other");
        orchestrator.behaviour().pageCap(2);
        for (String name : List.of("w1", "w2", "w3", "w4", "w5")) {
            http.reserve(name);
        }
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = http.get("/workspaces?limit=1000" + cursor).json();
            sizes.add(page.get("workspaces").size());
            page.get("workspaces").forEach(row -> seen.add(row.get("name").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : null;
        }
        assertThat(seen).containsExactly("w1", "w2", "w3", "w4", "w5");
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aTakenNameIsAConflictThatBringsAFreshGrantWhilePending() throws Exception {
        Http.Answer first = http.reserve("data");
        Http.Answer pending = http.reserve("data");
        assertThat(pending.status()).isEqualTo(409);
        assertThat(pending.code()).isEqualTo("workspace_exists");
        assertThat(pending.text("/existing/id")).isEqualTo(first.text("/workspace/id"));
        assertThat(pending.text("/existing/status")).isEqualTo("pending_format");
        format(pending, "/existing", "/existing/format");
        http.confirm(handle, "data");

        Http.Answer active = http.reserve("data");
        assertThat(active.text("/existing/status")).isEqualTo("active");
        assertThat(active.json().get("existing").has("format")).isFalse();

        orchestrator.behaviour().deletingLasts(Duration.ofMinutes(1));
        http.delete(path("data"));
        assertThat(http.reserve("data").text("/existing/status")).isEqualTo("deleting");
    }

    @Test
    void whatIsNotActiveHasNoSessionsAndWhatIsGoneCannotBeConfirmed() throws Exception {
        http.reserve("data");
        assertThat(http.open(handle, "data", "rw").code()).isEqualTo("workspace_not_active");
        orchestrator.behaviour().deletingLasts(Duration.ofMinutes(1));
        http.delete(path("data"));
        assertThat(http.open(handle, "data", "rw").code()).isEqualTo("workspace_not_active");
        Http.Answer refused = http.confirm(handle, "data");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("workspace_not_completable");
        orchestrator.behaviour().codeOfConfirmingTheGone("workspace_not_active");
        assertThat(http.confirm(handle, "data").code()).isEqualTo("workspace_not_active");
    }

    @Test
    void aDeletedWorkspaceIsGoneOrATombstoneThatMayKeepItsName() throws Exception {
        orchestrator.behaviour().tombstones(Behaviour.Tombstones.SHOWN).deletingLasts(Duration.ZERO);
        http.reserve("data");
        http.delete(path("data"));
        await().untilAsserted(
                        () -> assertThat(http.get(path("data")).text("/status")).isEqualTo("deleted"));
        assertThat(http.get("/workspaces").text("/workspaces/0/status")).isEqualTo("deleted");
        orchestrator.behaviour().tombstones(Behaviour.Tombstones.KEEP_THE_NAME);
        assertThat(http.reserve("data").text("/existing/status")).isEqualTo("deleted");
        orchestrator.behaviour().tombstones(Behaviour.Tombstones.HIDDEN);
        assertThat(http.get(path("data")).status()).isEqualTo(404);
        assertThat(http.get("/workspaces").json().get("workspaces")).isEmpty();
        assertThat(http.reserve("data").status()).isEqualTo(201);
        assertThat(admin.workspaces(handle))
                .extracting(StoredWorkspace::state)
                .containsExactly(WorkspaceState.DELETED, WorkspaceState.PENDING_FORMAT);
    }

    @Test
    void anExpectedIdGuardsAgainstASuccessor() throws Exception {
        makeActive("data");
        String old = admin.workspace(handle, "data").orElseThrow().id();
        assertThat(http.post(path("data") + "/format-completed?expected_id=" + old, null)
                        .status())
                .isEqualTo(200);
        admin.replace(handle, "data");
        String stale = "?expected_id=" + old;
        String session = "{\"mode\":\"rw\",\"ttl_seconds\":60}";
        for (Http.Answer answer : List.of(
                http.post(path("data") + "/format-completed" + stale, null),
                http.post(path("data") + "/mount-sessions" + stale, session),
                http.delete(path("data") + stale))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("workspace_replaced");
        }
        orchestrator.behaviour().honoursExpectedId(false);
        assertThat(http.delete(path("data") + stale).status())
                .as("a server that does not know it")
                .isEqualTo(202);
    }

    @Test
    void sessionsEndOneByOneOrWithTheirWorkspace() throws Exception {
        makeActive("data");
        String id = http.open(handle, "data", "rw").text("/session/id");
        http.open(handle, "data", "ro");
        assertThat(admin.sessions(handle, "data"))
                .extracting(StoredSession::mode)
                .containsExactlyInAnyOrder("rw", "ro");
        assertThat(http.delete("/mount-sessions/" + id).status()).isEqualTo(204);
        assertThat(http.delete("/mount-sessions/" + id).status()).isEqualTo(404);
        assertThat(admin.sessions(handle, "data")).hasSize(1);
        orchestrator.behaviour().deletingLasts(Duration.ofMinutes(1));
        http.delete(path("data"));
        assertThat(admin.sessions(handle, "data")).as("at once").isEmpty();
    }

    @Test
    void eachAnswerCarriesADateAndTheRequestIdAsSentOrAssigned() throws Exception {
        assertThat(http.with("X-Request-Id", "my-id-1").get("/workspaces").header("X-Request-Id"))
                .isEqualTo("my-id-1");
        Http.Answer assigned = http.as("art_nobody").get("/workspaces");
        assertThat(assigned.header("X-Request-Id")).startsWith("req_");
        orchestrator.behaviour().clockOffset(Duration.ofHours(2));
        Http.Answer ahead = http.reserve("data");
        ZonedDateTime date = ZonedDateTime.parse(ahead.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(Instant.now(), date)).isGreaterThan(Duration.ofMinutes(119));
        assertThat(Instant.parse(ahead.text("/workspace/created_at")))
                .isAfter(Instant.now().plus(Duration.ofMinutes(119)));
    }

    @Test
    void aTimeMayHaveAFractionOrNoneOrBeAbsent() throws Exception {
        orchestrator.behaviour().fractionDigits(0);
        assertThat(http.reserve("data").text("/workspace/created_at")).matches("[0-9T:-]{19}Z");
        orchestrator.behaviour().fractionDigits(9);
        assertThat(http.get(path("data")).text("/created_at")).matches("[0-9T:-]{19}\\.[0-9]{9}Z");
        orchestrator.behaviour().tellsCreatedAt(false);
        assertThat(http.get(path("data")).json().has("created_at")).isFalse();
    }

    @Test
    void whatIsNotThereIsNotAnswered() throws Exception {
        assertThat(http.get("/").status()).isEqualTo(404);
        assertThat(http.get("/workspaces/" + handle).status()).isEqualTo(404);
        assertThat(Raw.statusFor(orchestrator.url().getPort(), "GET", "/workspaces/%zz/data", "localhost"))
                .isEqualTo(404);
        Http.Answer method = http.send("PUT", path("data"), "{}");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET", "DELETE");
    }

    @Test
    void anOutageRefusesConnectionsAndEndsOnTheSamePort() throws Exception {
        http.reserve("data");
        orchestrator.stopListening();
        assertThatThrownBy(() -> http.get("/workspaces")).isInstanceOf(ConnectException.class);
        orchestrator.listen();
        assertThat(http.get(path("data")).status()).isEqualTo(200);
    }

    @Test
    void withItsRedisGoneEachAnswerIsAnInternalError() throws Exception {
        SandboxRedis mortal = SandboxRedis.start();
        try (SandboxOrchestrator theirs = SandboxOrchestrator.start(mortal)) {
            Http client = Http.of(theirs, handle);
            assertThat(client.get("/workspaces").status()).isEqualTo(200);
            mortal.close();
            Http.Answer answer = client.get("/workspaces");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("internal_error");
        }
    }
}
