package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The server on a clock that moves when a test says so, long before today: nothing may go by another one. */
class SimulatedTimeTest extends OnOrchestrator {
    private static final Instant START = Instant.parse("2001-01-01T00:00:00Z");

    private volatile Instant now = START;

    @BeforeEach
    void startInThePast() {
        orchestrator.close();
        orchestrator = SandboxOrchestrator.start(redis, new Behaviour().clock(() -> now), 0);
        admin = orchestrator.admin();
        http = Http.of(orchestrator, handle);
    }

    private void at(Duration sinceStart) {
        now = START.plus(sinceStart);
    }

    private void active(String name) {
        admin.makeAsCli(handle, name, STORAGE, CliProgress.ACTIVE);
    }

    private Http.Answer ask(long ttlSeconds) throws Exception {
        return http.post(path("data") + "/mount-sessions", "{\"mode\":\"rw\",\"ttl_seconds\":" + ttlSeconds + "}");
    }

    private SessionState state(Http.Answer opened) throws Exception {
        return admin.session(opened.text("/session/id")).orElseThrow().state();
    }

    private static Instant end(Http.Answer opened) throws Exception {
        return Instant.parse(opened.text("/session/expires_at"));
    }

    @Test
    void aSessionEndsAtItsSecond() throws Exception {
        active("data");
        Http.Answer opened = http.open(handle, "data", "rw");
        String url = opened.text("/metadata_url");
        assertThat(end(opened)).isEqualTo(START.plusSeconds(3600));
        try (Jedis connected = Metadata.open(url)) {
            at(Duration.ofHours(1).minusMillis(1));
            admin.sweep();
            connected.ping();
            assertThat(admin.liveSessions(handle)).isEqualTo(1);

            at(Duration.ofHours(1));
            assertThat(admin.liveSessions(handle)).isZero();
            assertThat(state(opened)).isEqualTo(SessionState.RAN_OUT);
            assertThat(http.delete("/mount-sessions/" + opened.text("/session/id"))
                            .status())
                    .isEqualTo(404);
            Thread.sleep(150);
            assertThat(admin.userExists(url)).as("until it is swept").isTrue();

            admin.sweep();
            assertThat(admin.userExists(url)).isFalse();
            assertThatThrownBy(connected::ping).isInstanceOf(JedisConnectionException.class);
        }
        assertThatThrownBy(() -> Metadata.open(url).close())
                .isInstanceOf(JedisAccessControlException.class)
                .hasMessageContaining("WRONGPASS");
        assertThat(state(opened)).isEqualTo(SessionState.RAN_OUT);
    }

    @Test
    void itIsKnownOfEachSessionHowItEnded() throws Exception {
        active("data");
        Http.Answer revoked = http.open(handle, "data", "rw");
        http.delete("/mount-sessions/" + revoked.text("/session/id"));
        Http.Answer ranOut = ask(60);
        at(Duration.ofMinutes(30));
        Http.Answer early = http.open(handle, "data", "ro");
        admin.endSession(admin.session(early.text("/session/id")).orElseThrow());
        Http.Answer withWorkspace = http.open(handle, "data", "rw");
        active("other");
        Http.Answer live = http.open(handle, "other", "rw");
        http.delete(path("data"));

        assertThat(admin.sessionHistory(handle))
                .extracting(StoredSession::id)
                .containsExactly(
                        revoked.text("/session/id"),
                        ranOut.text("/session/id"),
                        early.text("/session/id"),
                        withWorkspace.text("/session/id"),
                        live.text("/session/id"));
        assertThat(admin.sessionHistory(handle))
                .extracting(StoredSession::state)
                .containsExactly(
                        SessionState.REVOKED,
                        SessionState.RAN_OUT,
                        SessionState.ENDED_EARLY,
                        SessionState.WORKSPACE_DELETED,
                        SessionState.LIVE);
        assertThat(admin.sessionHistory(handle, "other")).singleElement().satisfies(session -> {
            assertThat(session.mode()).isEqualTo("rw");
            assertThat(session.issuedAt()).isEqualTo(START.plusSeconds(1800));
            assertThat(session.expiresAt()).isEqualTo(START.plusSeconds(5400));
            assertThat(session.live()).isTrue();
        });
        assertThat(admin.sessions(handle, "data")).isEmpty();
        assertThat(admin.sessions(handle, "other")).hasSize(1);
        assertThat(admin.liveSessions(handle)).isEqualTo(1);
        assertThat(admin.session("ms_never")).isEmpty();
        assertThat(admin.metadataUsers())
                .contains(admin.session(live.text("/session/id")).orElseThrow().aclUser());
        for (Http.Answer over : Set.of(revoked, ranOut, early, withWorkspace)) {
            assertThat(admin.userExists(over.text("/metadata_url"))).isFalse();
        }
    }

    @Test
    void aTokenEndsWhenItsClaimSays() throws Exception {
        String token = admin.mintToken(handle, TokenKind.JWT, Duration.ofHours(1));
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(Http.JSON.readTree(claims).get("exp").asLong())
                .isEqualTo(START.plusSeconds(3600).getEpochSecond());
        Http mortal = http.as(token);
        at(Duration.ofHours(1).minusMillis(1));
        assertThat(mortal.get("/workspaces").status()).isEqualTo(200);
        at(Duration.ofHours(1));
        assertThat(mortal.get("/workspaces").status()).isEqualTo(401);
    }

    @Test
    void anAnswerIsReplayedForADayDeadOrNot() throws Exception {
        active("data");
        Http keyed = http.key("k");
        Http.Answer first = keyed.open(handle, "data", "rw");
        at(Duration.ofDays(1).minusMillis(1));
        admin.sweep();
        assertThat(admin.userExists(first.text("/metadata_url"))).isFalse();
        Http.Answer replayed = keyed.open(handle, "data", "rw");
        assertThat(replayed.body()).as("verbatim and dead").isEqualTo(first.body());
        assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");

        at(Duration.ofDays(1));
        Http.Answer anew = keyed.open(handle, "data", "rw");
        assertThat(end(anew)).isEqualTo(START.plus(Duration.ofHours(25)));
        admin.sweep();
        assertThat(keyed.open(handle, "data", "rw").body())
                .as("a key used anew is not forgotten with its first use")
                .isEqualTo(anew.body());

        orchestrator.behaviour().idempotencyLasts(Duration.ofMinutes(5));
        at(Duration.ofDays(1).plusMinutes(5));
        assertThat(keyed.open(handle, "data", "rw").text("/session/id")).isNotEqualTo(anew.text("/session/id"));
    }

    @Test
    void everyTimeThatIsStatedIsTheClocks() throws Exception {
        at(Duration.ofDays(3));
        Http.Answer reserved = http.reserve("data");
        assertThat(Instant.parse(reserved.text("/workspace/created_at"))).isEqualTo(now);
        assertThat(Instant.parse(reserved.text("/format/expires_at"))).isEqualTo(now.plusSeconds(900));
        assertThat(ZonedDateTime.parse(reserved.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(now);
        assertThat(orchestrator.calls().calls()).extracting(CallLog.Call::at).containsOnly(now);
    }

    @Test
    void grantsAndDeletionsAreDueByTheClock() throws Exception {
        orchestrator.behaviour().deletingLasts(Duration.ofHours(1));
        String url = http.reserve("data").text("/format/metadata_url");
        active("going");
        http.delete(path("going"));
        at(Duration.ofMinutes(15).minusMillis(1));
        admin.sweep();
        Metadata.open(url).close();
        at(Duration.ofMinutes(15));
        admin.sweep();
        assertThat(admin.userExists(url)).isFalse();
        at(Duration.ofHours(1).minusMillis(1));
        admin.sweep();
        assertThat(http.get(path("going")).text("/status")).isEqualTo("deleting");
        at(Duration.ofHours(1));
        admin.sweep();
        assertThat(http.get(path("going")).status()).isEqualTo(404);
    }

    @Test
    void moreOrLessIsGrantedThanWasAskedFor() throws Exception {
        active("data");
        orchestrator.behaviour().sessionLastsAtMost(Duration.ofSeconds(30));
        assertThat(end(ask(3600))).isEqualTo(START.plusSeconds(30));
        assertThat(end(ask(60))).isEqualTo(START.plusSeconds(30));
        orchestrator.behaviour().sessionLastsAtMost(Duration.ofHours(1)).sessionLastsAtLeast(Duration.ofMinutes(10));
        assertThat(end(ask(60))).isEqualTo(START.plusSeconds(600));
        assertThat(end(ask(1800))).isEqualTo(START.plusSeconds(1800));
        assertThat(end(ask(7200))).isEqualTo(START.plusSeconds(3600));
    }

    @Test
    void whatMayBeAskedForIsUpToTheServer() throws Exception {
        active("data");
        orchestrator.behaviour().sessionWishes(Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(ask(300).status()).isEqualTo(201);
        assertThat(ask(900).status()).isEqualTo(201);
        for (long wish : new long[] {299, 901}) {
            Http.Answer refused = ask(wish);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("invalid_request");
            assertThat(refused.text("/message")).isEqualTo("ttl_seconds must be between 300 and 900");
        }
    }

    @Test
    void aMonthOfHourlySessionsLeavesNobodyBehind() throws Exception {
        active("data");
        Set<String> before = admin.metadataUsers();
        Http.Answer last = null;
        for (int hour = 0; hour < 30 * 24; hour++) {
            at(Duration.ofHours(hour));
            if (hour % (24 * 7) == 0) {
                http = Http.of(orchestrator, handle);
            }
            admin.sweep();
            last = http.key("hour-" + hour).open(handle, "data", "rw");
            assertThat(last.status()).isEqualTo(201);
            Set<String> mine = new HashSet<>(admin.metadataUsers());
            mine.removeAll(before);
            assertThat(mine).as("hour %d", hour).hasSize(1);
        }
        assertThat(admin.sessionHistory(handle, "data")).hasSize(720);
        assertThat(admin.sessionHistory(handle, "data").subList(0, 719))
                .extracting(StoredSession::state)
                .containsOnly(SessionState.RAN_OUT);
        assertThat(state(last)).isEqualTo(SessionState.LIVE);
        try (Jedis server = redis.admin()) {
            Set<String> mortal = new TreeSet<>(server.keys("{orchestrator}:*"));
            mortal.removeIf(key -> server.ttl(key) == -1);
            assertThat(mortal).as("keys whose end Redis decides").isEmpty();
        }
    }

    @Test
    void backOnTheSystemClockThingsEndByThemselvesAgain() throws Exception {
        active("data");
        String url = http.open(handle, "data", "rw").text("/metadata_url");
        orchestrator.behaviour().clock(InstantSource.system());
        await().untilAsserted(() -> assertThat(admin.userExists(url)).isFalse());
    }

    @Test
    void aServerThatStartsLaterEndsWhatIsOverByItsClock() throws Exception {
        active("data");
        String url = http.open(handle, "data", "rw").text("/metadata_url");
        orchestrator.close();
        at(Duration.ofHours(1));
        orchestrator = SandboxOrchestrator.start(redis, new Behaviour().clock(() -> now), 0);
        assertThat(orchestrator.admin().userExists(url)).isFalse();
    }
}
