package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What the server remembers: over a restart, and under an idempotency key. */
class SandboxMemoryTest extends OnOrchestrator {
    private void restart() {
        int port = orchestrator.url().getPort();
        orchestrator.close();
        orchestrator = SandboxOrchestrator.start(redis, new Behaviour(), port);
        admin = orchestrator.admin();
    }

    @Test
    void aRestartLosesNeitherTokensNorWorkspacesNorGrantsNorSessions() throws Exception {
        Http.Answer reserved = http.key("k1").reserve("pending");
        makeActive("active");
        Http.Answer session = http.open(handle, "active", "rw");
        restart();
        assertThat(http.get("/workspaces").json().get("workspaces")).hasSize(2);
        assertThat(http.key("k1").reserve("pending").body())
                .as("idempotency record")
                .isEqualTo(reserved.body());
        format(reserved, "/workspace", "/format");
        assertThat(http.confirm(handle, "pending").text("/status")).isEqualTo("active");
        try (Jedis alive = Metadata.open(session.text("/metadata_url"))) {
            alive.ping();
        }
        assertThat(http.delete("/mount-sessions/" + session.text("/session/id")).status())
                .isEqualTo(204);
        String newer = http.reserve("newer").text("/workspace/key_prefix");
        assertThat(newer).isNotEqualTo(reserved.text("/workspace/key_prefix"));
    }

    @Test
    void whatWasDueWhileTheServerWasDownIsDoneWhenItIsBack() throws Exception {
        makeActive("going");
        String prefix = admin.workspace(handle, "going").orElseThrow().keyPrefix();
        orchestrator.behaviour().formatGrantLasts(Duration.ofSeconds(3)).deletingLasts(Duration.ofSeconds(3));
        Http.Answer reserved = http.reserve("data");
        String url = reserved.text("/format/metadata_url");
        http.delete(path("going"));
        orchestrator.close();
        Metadata.open(url).close();
        Duration left = Duration.between(Instant.now(), Instant.parse(reserved.text("/format/expires_at")));
        Thread.sleep(Math.max(0, left.toMillis()) + 100);
        restart();
        assertThatThrownBy(() -> Metadata.open(url).close()).hasMessageContaining("WRONGPASS");
        assertThat(http.get(path("going")).status()).isEqualTo(404);
        try (Jedis server = redis.admin()) {
            assertThat(server.exists(prefix + "setting")).isFalse();
        }
    }

    @Test
    void theFirstSuccessUnderAKeyIsReplayedVerbatimWithItsDeadGrant() throws Exception {
        Http keyed = http.key("first-try");
        Http.Answer first = keyed.reserve("data");
        http.reserve("data");
        Http.Answer again = keyed.reserve("data");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThatThrownBy(
                        () -> Metadata.open(again.text("/format/metadata_url")).close())
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void sessionsAndDeletionsAreReplayedToo() throws Exception {
        makeActive("data");
        Http keyed = http.key("k");
        Http.Answer session = keyed.open(handle, "data", "rw");
        assertThat(keyed.open(handle, "data", "rw").body()).isEqualTo(session.body());
        assertThat(admin.sessions(handle, "data")).hasSize(1);
        String id = session.text("/session/id");
        assertThat(keyed.delete("/mount-sessions/" + id).status()).isEqualTo(204);
        assertThat(keyed.delete("/mount-sessions/" + id).status()).isEqualTo(204);
        assertThat(http.delete("/mount-sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void aKeyCountsForOneAccountMethodAndPathAndForOneBody() throws Exception {
        Http keyed = http.key("k");
        keyed.reserve("data");
        Http.Answer other = keyed.reserve("other");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/message")).contains("Idempotency-Key");
        Http stranger = Http.of(orchestrator, handle + "-b").key("k");
        assertThat(stranger.reserve("data").text("/workspace/handle")).isEqualTo(handle + "-b");
        assertThat(keyed.delete(path("data")).status()).isEqualTo(202);
    }

    @Test
    void anErrorIsNotReplayed() throws Exception {
        Http keyed = http.key("k");
        http.reserve("data");
        assertThat(keyed.confirm(handle, "data").status()).isEqualTo(422);
        try (Jedis server = redis.admin()) {
            server.set(admin.workspace(handle, "data").orElseThrow().keyPrefix() + "setting", "{}");
        }
        assertThat(keyed.confirm(handle, "data").status()).isEqualTo(200);
    }

    @Test
    void aServerThatIgnoresKeysDoesEverythingAnew() throws Exception {
        orchestrator.behaviour().honoursIdempotencyKeys(false);
        Http keyed = http.key("k");
        assertThat(keyed.reserve("data").status()).isEqualTo(201);
        assertThat(keyed.reserve("data").status()).isEqualTo(409);
    }

    @Test
    void whatTheCommandLineLeftBehindIsAsFarAsItGot() throws Exception {
        try (Jedis server = redis.admin()) {
            StoredWorkspace rootless = admin.makeAsCli(handle, "rootless", STORAGE, CliProgress.WITHOUT_ROOT);
            assertThat(server.exists(rootless.keyPrefix() + "setting")).isTrue();
            assertThat(server.exists(rootless.keyPrefix() + "i1")).isFalse();
            StoredWorkspace formatted = admin.makeAsCli(handle, "formatted", STORAGE, CliProgress.FORMATTED);
            assertThat(server.strlen(formatted.keyPrefix() + "i1")).isEqualTo(72);
            assertThat(Http.JSON
                            .readTree(server.get(formatted.keyPrefix() + "setting"))
                            .get("Name")
                            .asText())
                    .isEqualTo(formatted.volumeName());
        }
        admin.makeAsCli(handle, "reserved", STORAGE, CliProgress.RESERVED);
        admin.makeAsCli(handle, "active", STORAGE, CliProgress.ACTIVE);
        assertThat(admin.workspaces(handle))
                .extracting(StoredWorkspace::state)
                .containsExactly(
                        WorkspaceState.PENDING_FORMAT,
                        WorkspaceState.PENDING_FORMAT,
                        WorkspaceState.PENDING_FORMAT,
                        WorkspaceState.ACTIVE);
        assertThat(http.open(handle, "active", "rw").status()).isEqualTo(201);
        admin.forceState(handle, "active", WorkspaceState.PENDING_FORMAT);
        assertThat(http.get(path("active")).text("/status")).isEqualTo("pending_format");
        String old = http.get(path("formatted")).text("/id");
        assertThat(admin.replace(handle, "formatted").id()).isNotEqualTo(old);
        admin.deleteRemotely(handle, "rootless");
        await().untilAsserted(
                        () -> assertThat(http.get(path("rootless")).status()).isEqualTo(404));
    }
}
