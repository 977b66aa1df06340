package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.PROTOCOL;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.UNAVAILABLE;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.UNREACHABLE;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.PREFIX;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.assertIs;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.assertTellsNothing;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.failed;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.SandboxAuthority;
import io.tonbo.artifacts.sandbox.SandboxTlsFront;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Servers that are not there, not well, not Redis, or not who they say they are. */
class MetadataFailuresTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");
    private static final MetadataTimeouts SHORT = new MetadataTimeouts(Duration.ofMillis(700), Duration.ofMillis(700));

    private static SandboxRedis redis;
    private static VolumeSetting ours;

    @BeforeAll
    static void start() throws Exception {
        redis = SandboxRedis.start();
        BucketAddress address = BucketAddress.parse("https://minio.example", "auto", "data");
        ours = VolumeSetting.of("vol-1", VolumeUuid.of("ws_1", "uid-1"), address);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void grant() {
        try (Jedis admin = redis.admin()) {
            admin.flushAll();
            FormatGrant.give(admin, "fmt_1", PREFIX);
        }
    }

    @Test
    void a_server_that_is_gone_is_unreachable_and_may_come_back() throws Exception {
        SandboxRedis gone = SandboxRedis.start();
        int port = gone.port();
        gone.close();
        try (MetadataStore store = open(FormatGrant.url("redis", "u", "127.0.0.1", port), PREFIX, null, SHORT)) {
            assertIs(failed(store::readSetting), UNREACHABLE, "did not answer");
            assertIs(failed(() -> store.claim(ours)), UNREACHABLE, "did not answer");
        }
    }

    @Test
    void a_name_that_nobody_knows_is_unreachable() throws Exception {
        try (MetadataStore store = open("redis://u:SECRET@redis.invalid:6379", PREFIX, null, SHORT)) {
            assertIs(failed(store::readSetting), UNREACHABLE, "did not answer");
        }
    }

    @Test
    void a_server_that_never_answers_does_not_hold_us() throws Exception {
        try (ScriptedServer silent = new ScriptedServer("");
                MetadataStore store = open(url(silent), PREFIX, null, SHORT)) {
            assertIs(failed(store::readSetting), UNREACHABLE, "did not answer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-LOADING Redis is loading SECRET, UNAVAILABLE, LOADING",
        "-CLUSTERDOWN Hash slot not served SECRET, UNAVAILABLE, CLUSTERDOWN",
        "-TRYAGAIN SECRET, UNAVAILABLE, TRYAGAIN",
        "-MASTERDOWN Link with MASTER SECRET is down, UNAVAILABLE, MASTERDOWN",
        "-READONLY You can't write against SECRET, UNAVAILABLE, READONLY",
        "-BUSY SECRET is busy running a script, UNAVAILABLE, BUSY",
        "-NOREPLICAS Not enough good SECRET, UNAVAILABLE, NOREPLICAS",
        "-OOM command not allowed SECRET, UNAVAILABLE, OOM",
        "-MISCONF SECRET is configured to save, UNAVAILABLE, MISCONF",
        "-DENIED Redis is running in protected mode SECRET, UNAVAILABLE, DENIED",
        "-ERR max number of clients reached, UNAVAILABLE, a limit is reached",
        "-ERR max daily request limit exceeded SECRET, UNAVAILABLE, a limit is reached",
        "-WRONGTYPE SECRET, PROTOCOL, WRONGTYPE",
        "-WRONGPASS SECRET, ACCESS_DENIED, WRONGPASS",
        "-NOAUTH Authentication required., ACCESS_DENIED, NOAUTH",
        "-NOPERM SECRET, ACCESS_DENIED, NOPERM",
        "-ERR unknown SECRET, PROTOCOL, ERR",
        "-SECRETS-and-lies, PROTOCOL, an error",
    })
    void an_error_is_told_by_its_first_word(String answer, MetadataException.Kind kind, String word) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer + "\r\n");
                MetadataStore store = open("redis://127.0.0.1:" + server.port(), PREFIX, null, SHORT)) {
            assertIs(failed(store::readSetting), kind, word);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 SECRET\r\n\r\n",
                "\u0000\u0001\u0002",
                ":7\r\n",
                "+OK\r\n",
                "*1\r\n$6\r\nSECRET\r\n",
                "$-7\r\n",
                "$x\r\n",
                "%1\r\n"
            })
    void a_server_that_is_no_redis_is_not_read_out(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer);
                MetadataStore store = open(url(server), PREFIX, null, SHORT)) {
            MetadataException failure = failed(() -> {
                store.createInodes(NOW);
                store.claim(ours);
                store.readSetting();
                throw new MetadataException(PROTOCOL, "it was believed");
            });
            assertThat(failure).hasMessageNotContaining("believed");
            assertTellsNothing(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 SECRET\r\n\r\n", "\u0000\u0001\u0002"})
    void a_server_of_another_kind_is_not_said_to_be_silent(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer);
                MetadataStore store = open(url(server), PREFIX, null, SHORT)) {
            assertIs(failed(store::readSetting), PROTOCOL, "answered as no Redis does");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "", "?"})
    void redirections_that_do_not_end_are_given_up(String host) throws Exception {
        try (ScriptedServer server = new ScriptedServer("");
                MetadataStore store = open("redis://127.0.0.1:" + server.port(), PREFIX, null, SHORT)) {
            server.answer("-MOVED 7000 " + host + ":" + server.port() + "\r\n");
            assertIs(failed(store::readSetting), UNAVAILABLE, "redirected more than 5 times");
            assertThat(server.connections()).isEqualTo(6);
        }
    }

    @Test
    void tls_is_spoken_with_the_administrators_authority() throws Exception {
        SandboxAuthority authority = SandboxAuthority.create();
        try (SandboxTlsFront front = SandboxTlsFront.start(authority.server("127.0.0.1", "localhost"), redis.port())) {
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                String url = FormatGrant.url("rediss", "fmt_1", host, front.port());
                try (MetadataStore store = open(url, PREFIX, authority.client(), MetadataTimeouts.DEFAULT)) {
                    store.createInodes(NOW);
                    store.claim(ours);
                    assertThat(store.readSetting()).contains(ours);
                }
            }
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_or_not_the_servers_is_refused() throws Exception {
        SandboxAuthority authority = SandboxAuthority.create();
        SSLContext trust = authority.client();
        try (SandboxTlsFront untrusted =
                        SandboxTlsFront.start(SandboxAuthority.create().server("127.0.0.1"), redis.port());
                SandboxTlsFront another = SandboxTlsFront.start(authority.server("redis.example"), redis.port())) {
            for (int port : new int[] {untrusted.port(), another.port()}) {
                String url = FormatGrant.url("rediss", "fmt_1", "127.0.0.1", port);
                try (MetadataStore store = open(url, PREFIX, trust, SHORT)) {
                    assertIs(failed(store::readSetting), UNREACHABLE, "certificate");
                }
                try (MetadataStore store = open(url, PREFIX, null, SHORT)) {
                    assertIs(failed(store::readSetting), UNREACHABLE, "certificate");
                }
            }
        }
    }

    @Test
    void a_server_without_tls_never_gets_the_password() throws Exception {
        try (ScriptedServer plain = new ScriptedServer("+OK\r\n");
                MetadataStore store = open(
                        FormatGrant.url("rediss", "u", "127.0.0.1", plain.port()),
                        PREFIX,
                        SandboxAuthority.create().client(),
                        SHORT)) {
            assertIs(failed(store::readSetting), UNREACHABLE, "TLS");
        }
    }

    @Test
    void a_tls_handshake_that_hangs_does_not_hold_us() throws Exception {
        try (ScriptedServer silent = new ScriptedServer("");
                MetadataStore store =
                        open(FormatGrant.url("rediss", "u", "127.0.0.1", silent.port()), PREFIX, null, SHORT)) {
            assertThat(failed(store::readSetting).kind()).isEqualTo(UNREACHABLE);
        }
    }

    private static String url(ScriptedServer server) {
        return FormatGrant.url("redis", "u", "127.0.0.1", server.port());
    }
}
