package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.TokenSource;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of each connection that cannot be used. */
class ConnectionProblemsTest {
    private static final TokenSource OWN = new TokenSource("team", "my-token");
    private static final TokenSource SHARED = new TokenSource("team", null);
    private static final Instant EXPIRY = Instant.parse("2026-01-01T12:00:00Z");

    static Stream<Arguments> states() {
        return Stream.of(
                arguments(
                        new ConnectionState.SecretAbsent(OWN, null),
                        ProblemType.CONNECTION_SECRET_MISSING,
                        "Secret my-token does not exist"),
                arguments(
                        new ConnectionState.SecretAbsent(OWN, "token"),
                        ProblemType.CONNECTION_SECRET_MISSING,
                        "Secret my-token has no key token"),
                arguments(
                        new ConnectionState.SecretUnreadable(OWN, true),
                        ProblemType.CONNECTION_SECRET_UNREADABLE,
                        "Secret my-token may not be read by the operator (RBAC: get secrets)"),
                arguments(
                        new ConnectionState.SecretUnreadable(OWN, false),
                        ProblemType.CONNECTION_SECRET_UNREADABLE,
                        "Secret my-token could not be read, since the API server did not answer"),
                arguments(
                        new ConnectionState.SharedTokenAbsent(SHARED),
                        ProblemType.CONNECTION_SECRET_MISSING,
                        "the operator's shared connection has no token (ARTIFACTS_TOKEN_FILE)"),
                arguments(
                        new ConnectionState.Malformed(OWN, 12, 1, "neither this nor that"),
                        ProblemType.MALFORMED_TOKEN,
                        "what is stored as the token has 12 characters in 1 part(s): neither this nor that"),
                arguments(
                        new ConnectionState.Expired(OWN, EXPIRY),
                        ProblemType.TOKEN_EXPIRED,
                        "the token expired at 2026-01-01T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void eachSaysWhatIsWrongWithIt(ConnectionState state, ProblemType type, String message) {
        Problem problem = ConnectionProblems.of(state);

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.message()).isEqualTo(message);
    }
}
