package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;

/** The users that are minted are real, and can do what they are for and nothing else. */
class MetadataAccessTest extends OnOrchestrator {
    @Test
    void aFormatGrantWritesTheFormatAndNothingElse() throws Exception {
        Http.Answer own = http.reserve("data");
        Http.Answer neighbour = http.reserve("neighbour");
        format(neighbour, "/workspace", "/format");
        String prefix = own.text("/workspace/key_prefix");
        String theirs = neighbour.text("/workspace/key_prefix");
        try (Jedis redis = Metadata.open(own.text("/format/metadata_url"))) {
            assertThat(redis.get(prefix + "setting")).isNull();
            redis.setnx(prefix + "i9223372032828243968", "trash");
            redis.setnx(prefix + "i1", "root");
            redis.set(prefix + "setting", "{}", SetParams.setParams().nx());
            redis.ping();
            redis.info();
            redis.clusterInfo();
            redis.sendCommand(Protocol.Command.CLUSTER, "SLOTS");
            refused(
                    () -> redis.get(theirs + "setting"),
                    () -> redis.set(theirs + "setting", "{}"),
                    () -> redis.set(prefix + "nextinode", "1"),
                    () -> redis.set("setting", "{}"),
                    () -> redis.get("{orchestrator}:workspaces"),
                    () -> redis.del(prefix + "setting"),
                    () -> redis.keys("*"),
                    () -> redis.scan("0"),
                    () -> redis.aclList(),
                    () -> redis.aclWhoAmI(),
                    () -> redis.configGet("*"),
                    () -> redis.select(0),
                    redis::flushAll);
        }
    }

    @Test
    void aFreshGrantEndsTheOlderOneAndConfirmingEndsTheLast() throws Exception {
        Http.Answer first = http.reserve("data");
        Jedis connected = Metadata.open(first.text("/format/metadata_url"));
        Http.Answer second = http.reserve("data");
        refusedLogin(first.text("/format/metadata_url"));
        assertThatThrownBy(connected::ping)
                .as("its open connections are closed")
                .isInstanceOf(JedisConnectionException.class);
        connected.close();
        format(second, "/existing", "/existing/format");
        assertThat(http.confirm(handle, "data").status()).isEqualTo(200);
        refusedLogin(second.text("/existing/format/metadata_url"));
    }

    @Test
    void aGrantEndsWhenItsTimeComes() throws Exception {
        orchestrator.behaviour().formatGrantLasts(Duration.ofSeconds(2));
        Http.Answer reserved = http.reserve("data");
        String url = reserved.text("/format/metadata_url");
        Metadata.open(url).close();
        await().untilAsserted(() -> refusedLogin(url));
        assertThat(Instant.now()).isAfter(Instant.parse(reserved.text("/format/expires_at")));
        String id = reserved.text("/workspace/id");
        assertThat(users()).noneMatch(user -> user.contains(id));
    }

    @Test
    void aReadWriteSessionDoesWhatAClientNeedsUnderItsPrefixOnly() throws Exception {
        makeActive("data");
        Http.Answer neighbour = http.reserve("neighbour");
        Http.Answer session = http.open(handle, "data", "rw");
        String prefix = session.text("/key_prefix");
        try (Jedis redis = Metadata.open(session.text("/metadata_url"))) {
            assertThat(redis.get(prefix + "setting")).isEqualTo("{}");
            redis.watch(prefix + "i1");
            try (Transaction both = redis.multi()) {
                both.set(prefix + "i2", "inode");
                both.hset(prefix + "d1", "file", "i2");
                both.incrBy(prefix + "totalInodes", 1);
                assertThat(both.exec()).hasSize(3);
            }
            redis.zadd(prefix + "allSessions", 1, "1");
            redis.rpush(prefix + "c2_0", "slice");
            redis.sadd(prefix + "sustained1", "2");
            redis.scriptLoad("return 1");
            String theirs = neighbour.text("/workspace/key_prefix");
            refused(
                    () -> redis.get(theirs + "setting"),
                    () -> redis.eval("return 1"),
                    () -> redis.keys("*"),
                    () -> redis.aclList(),
                    () -> redis.select(0),
                    redis::flushDB);
        }
    }

    @Test
    void aReadOnlySessionCannotWriteUnlessTheServerDoesNotEnforceIt() throws Exception {
        makeActive("data");
        Http.Answer session = http.open(handle, "data", "ro");
        String prefix = session.text("/key_prefix");
        try (Jedis redis = Metadata.open(session.text("/metadata_url"))) {
            assertThat(redis.mget(prefix + "setting")).containsExactly("{}");
            redis.hgetAll(prefix + "d1");
            redis.zrange(prefix + "allSessions", 0, 1);
            redis.smembers(prefix + "sustained1");
            redis.lrange(prefix + "c2_0", 0, -1);
            refused(
                    () -> redis.set(prefix + "i1", "x"),
                    () -> redis.hset(prefix + "d1", "a", "b"),
                    () -> redis.incr(prefix + "nextinode"),
                    () -> redis.del(prefix + "setting"),
                    () -> redis.sendCommand(Protocol.Command.MULTI));
        }
        orchestrator.behaviour().enforcesReadOnly(false);
        try (Jedis redis = Metadata.open(http.open(handle, "data", "ro").text("/metadata_url"))) {
            assertThat(redis.set(prefix + "i7", "x")).isEqualTo("OK");
        }
    }

    @Test
    void aSessionsUserGoesWithTheSessionAndWithTheWorkspace() throws Exception {
        makeActive("data");
        Http.Answer closed = http.open(handle, "data", "rw");
        Http.Answer open = http.open(handle, "data", "rw");
        http.delete("/mount-sessions/" + closed.text("/session/id"));
        refusedLogin(closed.text("/metadata_url"));
        try (Jedis alive = Metadata.open(open.text("/metadata_url"))) {
            alive.ping();
            http.delete(path("data"));
            assertThatThrownBy(alive::ping).isInstanceOf(JedisConnectionException.class);
        }
        refusedLogin(open.text("/metadata_url"));
    }

    @Test
    void anExpiredSessionIsNotFound() throws Exception {
        makeActive("data");
        orchestrator.behaviour().sessionLastsAtMost(Duration.ofMillis(500));
        Http.Answer session = http.open(handle, "data", "rw");
        assertThat(Duration.between(Instant.now(), Instant.parse(session.text("/session/expires_at"))))
                .as("the server's limit rules, not the wish")
                .isLessThanOrEqualTo(Duration.ofMillis(500));
        await().untilAsserted(() -> refusedLogin(session.text("/metadata_url")));
        await().untilAsserted(() -> assertThat(admin.sessions(handle, "data")).isEmpty());
        assertThat(http.delete("/mount-sessions/" + session.text("/session/id")).status())
                .isEqualTo(404);
    }

    @Test
    void onAClusterStyleServerTheUrlNamesTheDatabaseAndSelectIsAllowed() throws Exception {
        orchestrator.behaviour().prefixStyle(Behaviour.PrefixStyle.CLUSTER);
        Http.Answer reserved = http.reserve("data");
        String prefix = reserved.text("/workspace/key_prefix");
        assertThat(prefix).matches("\\{[0-9]+}");
        String number = prefix.substring(1, prefix.length() - 1);
        assertThat(reserved.text("/format/metadata_url")).endsWith("/" + number);
        try (Jedis redis = Metadata.open(reserved.text("/format/metadata_url"))) {
            assertThatThrownBy(() -> redis.select(Integer.parseInt(number)))
                    .hasMessageContaining("SELECT is not allowed in cluster mode");
            redis.set(prefix + "setting", "{}");
        }
        assertThat(http.confirm(handle, "data").status()).isEqualTo(200);
        Http.Answer session = http.open(handle, "data", "rw");
        assertThat(session.text("/metadata_url")).endsWith("/" + number);
        http.delete(path("data"));
        try (Jedis server = redis.admin()) {
            await().untilAsserted(
                            () -> assertThat(server.exists(prefix + "setting")).isFalse());
        }
    }

    @Test
    void aUrlIsPercentEncodedSoThatOnlyADecodingClientGetsIn() throws Exception {
        String url = http.reserve("data").text("/format/metadata_url");
        assertThat(url).startsWith("redis://").endsWith("@127.0.0.1:" + redis.port() + "/0");
        assertThat(url.substring(8, url.lastIndexOf('@')))
                .contains("%40", "%2F", "%25")
                .doesNotContain("@", "/");
        assertThatCode(() -> Metadata.open(url).close()).doesNotThrowAnyException();
    }

    private static void refused(ThrowingCallable... calls) {
        for (int i = 0; i < calls.length; i++) {
            assertThatThrownBy(calls[i])
                    .as("call %d", i)
                    .isInstanceOf(JedisAccessControlException.class)
                    .hasMessageContaining("NOPERM");
        }
    }

    private static void refusedLogin(String url) {
        assertThatThrownBy(() -> Metadata.open(url).close())
                .isInstanceOf(JedisAccessControlException.class)
                .hasMessageContaining("WRONGPASS");
    }

    private static List<String> users() {
        try (Jedis server = redis.admin()) {
            return server.aclUsers();
        }
    }
}
