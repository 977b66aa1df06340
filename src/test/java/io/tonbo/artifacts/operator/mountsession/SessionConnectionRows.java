package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_SECRET_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORBIDDEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.MALFORMED_TOKEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.TOKEN_EXPIRED;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNAUTHORIZED;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is wrong with the Workspace's token, or with its bucket keys. */
final class SessionConnectionRows {
    private SessionConnectionRows() {}

    static List<SessionRow> all() {
        return List.of(
                token("token-secret-missing", CONNECTION_SECRET_MISSING, play -> play.dropSecret("-token")),
                token("token-key-missing", CONNECTION_SECRET_MISSING, play -> play.scene()
                        .secret(play.name() + "-token", Map.of("jwt", "here-is-no-such-key"))),
                token("half-a-token", MALFORMED_TOKEN, play -> play.token("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ"))
                        .byReissue(),
                token(
                        "expired-token",
                        TOKEN_EXPIRED,
                        play -> play.token(
                                play.admin().mintToken(play.name(), TokenKind.JWT, Duration.ofMinutes(-10)))),
                of(
                        ProblemRow.<SessionPlay>of("revoked-token", UNAUTHORIZED)
                                .answered("unauthorized", 401),
                        ProblemPlay::revokeToken,
                        ProblemPlay::goodToken),
                of(
                        ProblemRow.<SessionPlay>of("read-only-token", FORBIDDEN).answered("forbidden", 403),
                        play -> play.token(play.admin().mintReadOnlyToken(play.name())),
                        ProblemPlay::goodToken),
                of(
                        ProblemRow.<SessionPlay>of("keys-missing", SESSION_STORAGE_CREDENTIALS_MISSING)
                                .saying("keys-missing-keys does not exist"),
                        play -> play.dropSecret("-keys"),
                        ProblemPlay::goodKeys),
                of(
                                ProblemRow.<SessionPlay>of("half-the-keys", SESSION_STORAGE_CREDENTIALS_MISSING)
                                        .saying("ARTIFACTS_S3_SECRET_ACCESS_KEY"),
                                play -> play.scene()
                                        .secret(
                                                "half-the-keys-keys",
                                                Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", World.KEY_ID)),
                                ProblemPlay::goodKeys)
                        .byReissue());
    }

    private static SessionRow token(String name, ProblemType type, Consumer<ProblemPlay> arrange) {
        return of(ProblemRow.of(name, type), arrange, ProblemPlay::goodToken);
    }

    private static SessionRow of(
            ProblemRow<SessionPlay> row, Consumer<ProblemPlay> arrange, Consumer<ProblemPlay> heal) {
        return SessionRow.both(
                row,
                play -> {
                    arrange.accept(play.workspace());
                    play.workspace().untilReadingsAreOld();
                },
                play -> heal.accept(play.workspace()));
    }
}
