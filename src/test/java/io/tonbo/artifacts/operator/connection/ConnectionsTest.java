package io.tonbo.artifacts.operator.connection;

import static io.tonbo.artifacts.operator.connection.Freshness.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.connection.SecretReadException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an object's token comes from, and what is said when there is none to use. */
class ConnectionsTest {
    private static final TokenSource SECRET = new TokenSource("team-a", "conn");
    private static final TokenSource SHARED = new TokenSource("team-a", null);

    private final SettableClock clock = new SettableClock();
    private final Map<String, SecretData> cluster = new HashMap<>();
    private final Accounts accounts = new Accounts(20, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    private Kind failing;
    private int reads;

    @TempDir
    private Path directory;

    private Connections connections(String sharedNamespaces) {
        SecretReader reader = (namespace, name) -> {
            reads++;
            if (failing != null) {
                throw new SecretReadException(failing, namespace, name);
            }
            return Optional.ofNullable(cluster.get(namespace + "/" + name));
        };
        return new Connections(
                new SecretCache(reader, clock, ConnectionTimings.DEFAULT),
                new SharedToken(directory.resolve("token"), clock, ConnectionTimings.DEFAULT),
                SharedConnectionNamespaces.parse(sharedNamespaces),
                accounts,
                clock,
                ConnectionTimings.DEFAULT);
    }

    private void secret(String token) {
        cluster.put("team-a/conn", new SecretData(Map.of("token", token), "1"));
    }

    private void sharedFile(String token) throws IOException {
        Files.writeString(directory.resolve("token"), token);
    }

    private static ConnectionState available(String token, TokenSource source) {
        return new ConnectionState.Available(new Connection(Tokens.token(token), source));
    }

    @Test
    void a_secret_in_the_objects_own_namespace_gives_its_trimmed_token() {
        secret("  art_one\n\n");

        assertThat(connections("").resolve("team-a", "conn", SETTLED)).isEqualTo(available("art_one", SECRET));
        assertThat(connections("").resolve("team-b", "conn", SETTLED))
                .isEqualTo(new ConnectionState.SecretAbsent(new TokenSource("team-b", "conn"), null));
    }

    @Test
    void an_absent_secret_never_falls_back_to_the_shared_connection() throws IOException {
        sharedFile("art_shared");

        assertThat(connections("*").resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.SecretAbsent(SECRET, null));
    }

    @Test
    void a_secret_without_the_key_names_the_key() {
        cluster.put("team-a/conn", new SecretData(Map.of("TOKEN", "art_one"), "1"));

        assertThat(connections("").resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.SecretAbsent(SECRET, "token"));
    }

    @Test
    void a_secret_that_cannot_be_read_is_not_called_absent() {
        failing = Kind.FORBIDDEN;
        assertThat(connections("").resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.SecretUnreadable(SECRET, true));

        failing = Kind.UNAVAILABLE;
        assertThat(connections("").resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.SecretUnreadable(SECRET, false));
    }

    @Test
    void without_a_secret_the_shared_token_serves_the_namespaces_that_may_use_it() throws IOException {
        sharedFile("art_shared\n");

        assertThat(connections("team-a").resolve("team-a", null, SETTLED)).isEqualTo(available("art_shared", SHARED));
        assertThat(connections("*").resolve("team-a", null, SETTLED)).isEqualTo(available("art_shared", SHARED));
        assertThat(connections("team-b").resolve("team-a", null, SETTLED))
                .isEqualTo(new ConnectionState.NotAllowed(SHARED));
        assertThat(connections("").resolve("team-a", null, SETTLED)).isEqualTo(new ConnectionState.NotAllowed(SHARED));
    }

    @Test
    void a_namespace_that_is_not_allowed_learns_nothing_of_the_shared_token() throws IOException {
        sharedFile("not a token");

        assertThat(connections("").resolve("team-a", null, SETTLED)).isEqualTo(new ConnectionState.NotAllowed(SHARED));
    }

    @Test
    void a_shared_connection_without_a_token_is_the_administrators_matter() {
        assertThat(connections("*").resolve("team-a", null, SETTLED))
                .isEqualTo(new ConnectionState.SharedTokenAbsent(SHARED));
    }

    @Test
    void a_malformed_token_is_described_and_not_shown() {
        secret("\"art_SECRET\"\n");
        ConnectionState state = connections("").resolve("team-a", "conn", SETTLED);

        assertThat(state).isEqualTo(new ConnectionState.Malformed(SECRET, 12, 1, "the quotes do not belong to it"));
        assertThat(state.toString()).doesNotContain("SECRET");

        secret(" \n");
        assertThat(connections("").resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.Malformed(SECRET, 0, 0, "it is empty"));
    }

    @Test
    void a_jwt_is_used_until_a_minute_after_its_end_for_clocks_that_differ() {
        Instant end = SettableClock.START.plusSeconds(100);
        secret(Tokens.jwt(end));
        Connections connections = connections("");

        clock.advance(159);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isInstanceOf(ConnectionState.Available.class);
        clock.advance(1);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isEqualTo(new ConnectionState.Expired(SECRET, end));
    }

    @Test
    void a_replaced_token_is_noticed_within_thirty_seconds_while_the_old_one_is_no_good() {
        Connections connections = connections("");
        secret("bad token");
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isInstanceOf(ConnectionState.Malformed.class);
        secret("art_good");
        clock.advance(29);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isInstanceOf(ConnectionState.Malformed.class);
        clock.advance(1);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isEqualTo(available("art_good", SECRET));
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void a_refused_token_is_gated_until_its_time_or_until_it_is_replaced() {
        Connections connections = connections("");
        secret(Tokens.jwt(SettableClock.START.plus(Duration.ofDays(1))));
        ConnectionState.Available before = (ConnectionState.Available) connections.resolve("team-a", "conn", SETTLED);
        TokenGate gate = accounts.of(before.connection().token()).gate();
        gate.refused(gate.enter().orElseThrow());

        assertThat(connections.resolve("team-a", "conn", SETTLED))
                .isEqualTo(new ConnectionState.Gated(
                        SECRET,
                        SettableClock.START,
                        SettableClock.START.plusSeconds(10),
                        false,
                        SettableClock.START.plus(Duration.ofDays(1))));

        clock.advance(10);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isEqualTo(before);
        gate.refused(gate.enter().orElseThrow());
        assertThat(((ConnectionState.Gated) connections.resolve("team-a", "conn", SETTLED)).confirmed())
                .isTrue();

        secret("art_new");
        connections.forget(SECRET);
        assertThat(connections.resolve("team-a", "conn", SETTLED)).isEqualTo(available("art_new", SECRET));
    }

    @Test
    void two_namespaces_with_the_same_token_share_its_gate() {
        secret("art_one");
        cluster.put("team-b/conn", new SecretData(Map.of("token", "art_one\n"), "7"));
        TokenGate gate = accounts.of(Tokens.token("art_one")).gate();
        gate.refused(gate.enter().orElseThrow());

        assertThat(connections("").resolve("team-a", "conn", SETTLED)).isInstanceOf(ConnectionState.Gated.class);
        assertThat(connections("").resolve("team-b", "conn", SETTLED)).isInstanceOf(ConnectionState.Gated.class);
    }

    @Test
    void the_shared_token_is_read_anew_after_it_was_refused() throws IOException {
        sharedFile("art_one");
        Connections connections = connections("*");
        assertThat(connections.resolve("team-a", null, SETTLED)).isEqualTo(available("art_one", SHARED));
        sharedFile("art_two");

        connections.forget(SHARED);

        assertThat(connections.resolve("team-a", null, SETTLED)).isEqualTo(available("art_two", SHARED));
    }
}
