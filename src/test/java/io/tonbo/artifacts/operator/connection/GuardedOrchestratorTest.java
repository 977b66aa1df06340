package io.tonbo.artifacts.operator.connection;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tonbo.artifacts.operator.orchestrator.ClientTimeouts;
import io.tonbo.artifacts.operator.orchestrator.LoopbackServer;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorAddress;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.TrustMaterial;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole of it against a real HTTP server: which calls reach the orchestrator, and which are not made. */
class GuardedOrchestratorTest {
    private static final String LIST = "{\"workspaces\":[]}";

    private final SettableClock clock = new SettableClock();
    private volatile LoopbackServer.Answer answer = json(200, LIST);
    private final LoopbackServer server = LoopbackServer.answering((request, out) -> answer.write(request, out));
    private final OrchestratorClient client = new OrchestratorClient(
            new OrchestratorAddress(server.uri()), TrustMaterial.system(), ClientTimeouts.DEFAULT, clock);
    private final Accounts accounts = new Accounts(20, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    private final OrchestratorBreaker breaker =
            new OrchestratorBreaker(clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    private final Map<String, SecretData> cluster = new HashMap<>();
    private final Connections connections = new Connections(
            new SecretCache(
                    (namespace, name) -> Optional.ofNullable(cluster.get(namespace + "/" + name)),
                    clock,
                    ConnectionTimings.DEFAULT),
            new SharedToken(null, clock, ConnectionTimings.DEFAULT),
            SharedConnectionNamespaces.parse(""),
            accounts,
            clock,
            ConnectionTimings.DEFAULT);
    private final LastTokens lastTokens = new LastTokens();
    private final GuardedOrchestrator orchestrator =
            new GuardedOrchestrator(client, accounts, breaker, connections, lastTokens);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void secret(String namespace, String token) {
        cluster.put(namespace + "/conn", new SecretData(Map.of("token", token), "1"));
    }

    private Connection connection(String namespace) {
        ConnectionState state = connections.resolve(namespace, "conn", Freshness.SETTLED);
        assertThat(state).isInstanceOf(ConnectionState.Available.class);
        return ((ConnectionState.Available) state).connection();
    }

    private static Connection held(String token) {
        return new Connection(Tokens.token(token), new TokenSource("team-a", "conn"));
    }

    private WorkspacePage list(Connection connection, String uid) throws OrchestratorException, NotNow {
        return orchestrator.call(connection, Caller.ordinary(uid), (remote, token) -> remote.list(token, null, 1));
    }

    private OrchestratorException refused(Connection connection, String uid) {
        OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> list(connection, uid));
        assertThat(e).isNotNull();
        return e;
    }

    private NotNow notMade(Connection connection, String uid) {
        int before = server.requests().size();
        NotNow e = catchThrowableOfType(NotNow.class, () -> list(connection, uid));
        assertThat(e).isNotNull();
        assertThat(e.waitTime()).isGreaterThan(Duration.ZERO);
        assertThat(server.requests()).as("no request was made").hasSize(before);
        return e;
    }

    @Test
    void a_call_goes_through_with_the_connections_token_which_is_kept_for_cleaning_up() throws Exception {
        assertThat(list(held("art_a"), "uid-1").workspaces()).isEmpty();

        assertThat(server.onlyRequest().headers()).containsEntry("authorization", "Bearer art_a");
        assertThat(lastTokens.get("uid-1")).contains(held("art_a"));
        lastTokens.forget("uid-1");
        assertThat(lastTokens.get("uid-1")).isEmpty();
    }

    @Test
    void a_token_that_was_refused_does_not_displace_the_one_that_worked() throws Exception {
        list(held("art_owner"), "uid-1");
        answer = json(403, "{\"code\":\"forbidden\"}");
        refused(held("art_stranger"), "uid-1");

        assertThat(lastTokens.get("uid-1")).contains(held("art_owner"));
    }

    @Test
    void a_story_of_a_dead_token() throws Exception {
        secret("team-a", "art_dead");
        answer = json(401, "{\"code\":\"unauthorized\",\"message\":\"expired\"}");
        refused(connection("team-a"), "uid-1");

        // Everybody with this token waits; nobody else does.
        assertThat(connections.resolve("team-a", "conn", Freshness.SETTLED)).isInstanceOf(ConnectionState.Gated.class);
        assertThat(notMade(held("art_dead"), "uid-2").why()).isEqualTo(NotNow.Why.TOKEN_REFUSED);

        // One retry after ten seconds, then five minutes of silence.
        clock.advance(10);
        refused(connection("team-a"), "uid-2");
        clock.advance(269);
        notMade(held("art_dead"), "uid-1");
        assertThat(server.requests()).hasSize(2);

        // The user stores another token: it is found within half a minute and used at once.
        secret("team-a", "art_fresh");
        answer = json(200, LIST);
        clock.advance(30);
        list(connection("team-a"), "uid-1");
        assertThat(server.requests().get(2).headers()).containsEntry("authorization", "Bearer art_fresh");
    }

    @Test
    void a_token_replaced_before_the_refusal_came_is_used_without_a_wait() throws Exception {
        secret("team-a", "art_old");
        Connection old = connection("team-a");
        secret("team-a", "art_new");
        answer = json(401, "{\"code\":\"unauthorized\"}");
        refused(old, "uid-1");
        answer = json(200, LIST);

        list(connection("team-a"), "uid-1");

        assertThat(server.requests().get(1).headers()).containsEntry("authorization", "Bearer art_new");
    }

    @Test
    void those_who_wait_for_a_token_are_told_when_it_is_accepted_again() throws Exception {
        List<String> accepted = new ArrayList<>();
        orchestrator.onTokenAccepted(accepted::add);
        answer = json(401, "{}");
        refused(held("art_a"), "uid-1");
        clock.advance(10);
        answer = json(200, LIST);
        list(held("art_a"), "uid-1");
        list(held("art_a"), "uid-1");

        assertThat(accepted).containsExactly(Tokens.token("art_a").hash());
    }

    @ParameterizedTest
    @CsvSource({
        "403, forbidden, true",
        "404, workspace_not_found, true",
        "409, workspace_exists, true",
        "422, invalid_request, true",
        "403, '', false",
        "500, internal_error, false",
        "503, unavailable, false",
        "429, slow_down, false"
    })
    void a_refusal_in_the_orchestrators_own_words_for_another_reason_shows_that_the_token_is_good(
            int status, String code, boolean good) {
        answer = json(401, "{}");
        refused(held("art_a"), "uid-1");
        clock.advance(10);
        answer = code.isEmpty() ? json(status, "<html>") : json(status, "{\"code\":\"" + code + "\"}");
        refused(held("art_a"), "uid-1");

        assertThat(accounts.of(Tokens.token("art_a")).gate().waitTime().isZero())
                .isEqualTo(good);
    }

    @Test
    void an_outage_stops_all_accounts_until_one_call_finds_the_orchestrator_back() throws Exception {
        List<String> woken = new ArrayList<>();
        breaker.onClose(() -> woken.add("all"));
        answer = json(503, "{\"code\":\"unavailable\"}");
        for (String uid : List.of("uid-1", "uid-2", "uid-1", "uid-2", "uid-1")) {
            refused(held("art_a"), uid);
        }
        assertThat(notMade(held("art_b"), "uid-3").why()).isEqualTo(NotNow.Why.ORCHESTRATOR_OUT);

        clock.advance(5);
        refused(held("art_b"), "uid-3");
        NotNow wait = notMade(held("art_a"), "uid-1");
        answer = json(200, LIST);
        clock.advance(wait.waitTime());
        list(held("art_a"), "uid-1");
        list(held("art_b"), "uid-3");

        assertThat(woken).containsExactly("all");
    }

    @ParameterizedTest
    @CsvSource({
        "500, internal_error",
        "500, metadata_acl_provisioning_failed",
        "501, x",
        "429, x",
        "409, x",
        "404, x",
        "422, x"
    })
    void refusals_of_single_requests_never_stop_the_others(int status, String code) {
        answer = json(status, "{\"code\":\"" + code + "\"}", "Retry-After: 1");
        for (int call = 0; call < 12; call++) {
            refused(held("art_" + call), "uid-" + call);
        }

        assertThat(breaker.open()).isFalse();
    }

    @Test
    void broken_connections_count_as_an_outage() {
        answer = (request, out) -> {
            throw new LoopbackServer.Hangup();
        };
        for (int call = 0; call < 5; call++) {
            refused(held("art_a"), "uid-" + call);
        }

        assertThat(notMade(held("art_a"), "uid-1").why()).isEqualTo(NotNow.Why.ORCHESTRATOR_OUT);
    }

    @Test
    void a_429_holds_its_own_account_for_as_long_as_asked_and_no_other() throws Exception {
        answer = json(429, "{}", "Retry-After: 30");
        refused(held("art_a"), "uid-1");
        answer = json(200, LIST);

        NotNow wait = notMade(held("art_a"), "uid-2");
        assertThat(wait.why()).isEqualTo(NotNow.Why.RATE_LIMITED);
        assertThat(wait.waitTime()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        list(held("art_b"), "uid-3");
        clock.advance(30);
        list(held("art_a"), "uid-2");
    }

    @Test
    void ordinary_calls_leave_a_third_of_the_budget_to_renewals_and_deletions() throws Exception {
        for (int call = 0; call < 13; call++) {
            list(held("art_a"), "uid-1");
        }
        assertThat(notMade(held("art_a"), "uid-1").why()).isEqualTo(NotNow.Why.RATE_LIMITED);
        for (int renewal = 0; renewal < 7; renewal++) {
            orchestrator.call(held("art_a"), Caller.urgent("uid-2"), (remote, token) -> remote.list(token, null, 1));
        }
        assertThatThrownBy(() -> orchestrator.call(
                        held("art_a"), Caller.urgent("uid-2"), (remote, token) -> remote.list(token, null, 1)))
                .isInstanceOf(NotNow.class);
        assertThat(server.requests()).hasSize(20);
    }

    @Test
    void a_mistake_of_ours_in_a_probe_leaves_nothing_locked() {
        answer = json(401, "{}");
        refused(held("art_a"), "uid-1");
        clock.advance(10);
        assertThatIllegalStateException()
                .isThrownBy(() -> orchestrator.call(held("art_a"), Caller.ordinary("uid-1"), (remote, token) -> {
                    throw new IllegalStateException("mistake");
                }));

        clock.advance(10);
        refused(held("art_a"), "uid-1");
    }

    @Test
    void not_now_says_why_and_when_and_names_no_token() {
        answer = json(429, "{}", "Retry-After: 30");
        refused(held("art_SECRET"), "uid-1");

        assertThat(notMade(held("art_SECRET"), "uid-1").getMessage())
                .contains("RATE_LIMITED")
                .doesNotContain("SECRET");
    }
}
