package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_NOT_ALLOWED;
import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_SECRET_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORBIDDEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.MALFORMED_TOKEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.TOKEN_EXPIRED;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNAUTHORIZED;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is wrong with the token. */
final class ConnectionRows {
    private ConnectionRows() {}

    static List<ProblemRow<ProblemPlay>> all() {
        return List.of(
                ProblemRows.row("token-secret-missing", CONNECTION_SECRET_MISSING)
                        .saying("token-secret-missing-token does not exist")
                        .before(play -> play.dropSecret("-token"))
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("token-key-missing", CONNECTION_SECRET_MISSING)
                        .saying("has no key token")
                        .before(play ->
                                play.scene().secret("token-key-missing-token", Map.of("jwt", "here-is-no-such-key")))
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("not-allowed", CONNECTION_NOT_ALLOWED)
                        .by(play -> play.apply(spec -> spec.setConnectionSecretRef(null)))
                        .healedBySpec(play -> play.edit(
                                spec -> spec.setConnectionSecretRef(new LocalSecretReference("not-allowed-token")))),
                ProblemRows.row("half-a-token", MALFORMED_TOKEN)
                        .before(play -> play.token("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ"))
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("quoted-token", MALFORMED_TOKEN)
                        .before(play -> play.token('"' + play.world().token(play.name()) + '"'))
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("expired-token", TOKEN_EXPIRED)
                        .before(play ->
                                play.token(play.admin().mintToken(play.name(), TokenKind.JWT, Duration.ofMinutes(-10))))
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("revoked-token", UNAUTHORIZED)
                        .answered("unauthorized", 401)
                        .before(ConnectionRows::revoke)
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("token-revoked-later", UNAUTHORIZED)
                        .answered("unauthorized", 401)
                        .onceReady(ConnectionRows::revoke)
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("token-expired-early", UNAUTHORIZED)
                        .answered("unauthorized", 401)
                        .before(play -> {
                            String token = play.world().token(play.name());
                            play.token(token);
                            play.admin().expireToken(token);
                        })
                        .healedBy(ProblemPlay::goodToken),
                ProblemRows.row("read-only-token", FORBIDDEN)
                        .answered("forbidden", 403)
                        .before(play -> play.token(play.admin().mintReadOnlyToken(play.name())))
                        .healedBy(ProblemPlay::goodToken));
    }

    private static void revoke(ProblemPlay play) {
        String token = play.world().token(play.name());
        play.token(token);
        play.admin().revokeToken(token);
    }
}
