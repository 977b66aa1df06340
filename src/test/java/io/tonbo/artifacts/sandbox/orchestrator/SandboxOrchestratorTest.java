package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.sandbox.SandboxRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The life of a workspace as any client of the API sees it. */
class SandboxOrchestratorTest {
    private static SandboxRedis redis;
    private static int accounts;

    private SandboxOrchestrator orchestrator;
    private String handle;
    private Http http;

    @BeforeAll
    static void startRedis() {
        redis = SandboxRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        orchestrator = SandboxOrchestrator.start(redis);
        handle = "acme-" + ++accounts;
        http = Http.of(orchestrator, handle);
    }

    @org.junit.jupiter.api.AfterEach
    void stop() {
        orchestrator.close();
    }

    @Test
    void aWorkspaceGoesFromReservedToActiveToGone() throws Exception {
        Http.Answer reserved = http.reserve("data");
        assertThat(reserved.status()).isEqualTo(201);
        JsonNode workspace = reserved.json().get("workspace");
        assertThat(workspace.get("status").asText()).isEqualTo("pending_format");
        assertThat(workspace.get("handle").asText()).isEqualTo(handle);
        assertThat(workspace.get("cache_profile").asText()).isEqualTo("interactive");
        String prefix = workspace.get("key_prefix").asText();
        assertThat(prefix).matches("\\{u_[0-9]+_w_[0-9]+}:");
        assertThat(workspace.get("volume_name").asText())
                .matches("^[a-z0-9][a-z0-9\\-]{1,61}[a-z0-9]$")
                .doesNotContain("data");

        Instant ends = Instant.parse(reserved.text("/format/expires_at"));
        assertThat(Duration.between(Instant.now(), ends)).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        assertThat(http.confirm(handle, "data").code()).isEqualTo("setting_key_missing");
        try (Jedis format = Metadata.open(reserved.text("/format/metadata_url"))) {
            format.set(prefix + "setting", "{}");
        }
        Http.Answer confirmed = http.confirm(handle, "data");
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.text("/status")).isEqualTo("active");
        assertThat(http.confirm(handle, "data").status()).as("confirming again").isEqualTo(200);

        Http.Answer session = http.open(handle, "data", "rw");
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.text("/volume_name"))
                .isEqualTo(workspace.get("volume_name").asText());

        orchestrator.behaviour().deletingLasts(Duration.ofSeconds(1));
        assertThat(http.delete("/workspaces/" + handle + "/data").status()).isEqualTo(202);
        assertThat(http.get("/workspaces/" + handle + "/data").text("/status")).isEqualTo("deleting");
        await().untilAsserted(() ->
                assertThat(http.get("/workspaces/" + handle + "/data").status()).isEqualTo(404));
        try (Jedis admin = redis.admin()) {
            assertThat(admin.exists(prefix + "setting")).isFalse();
        }
    }

    @Test
    void aListIsPagedAndItsLimitCapped() throws Exception {
        orchestrator.behaviour().pageCap(2);
        for (String name : new String[] {"w1", "w2", "w3", "w4", "w5"}) {
            http.reserve(name);
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = http.get("/workspaces?limit=1000" + cursor).json();
            assertThat(page.get("workspaces")).hasSizeLessThanOrEqualTo(2);
            page.get("workspaces").forEach(row -> seen.add(row.get("name").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : null;
            pages++;
        } while (cursor != null);
        assertThat(seen).containsExactlyInAnyOrder("w1", "w2", "w3", "w4", "w5");
        assertThat(pages).isEqualTo(3);
    }
}
