package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_NOT_ALLOWED;
import static io.tonbo.artifacts.operator.problem.ProblemType.CONNECTION_SECRET_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORBIDDEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.MALFORMED_TOKEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.TOKEN_EXPIRED;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNAUTHORIZED;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.time.Duration;
import java.util.List;

/** What is wrong with the token. */
final class ConnectionTroubles {
    private static final Duration TEN_MINUTES_AGO = Duration.ofMinutes(-10);
    /** The name that the hint gives it. */
    private static final String SECRET_OF_THE_HINT = "artifacts-token";

    private ConnectionTroubles() {}

    static List<Script> all() {
        return List.of(
                token(UNAUTHORIZED, "The token in the connection Secret has been revoked.", stage -> stage.admin()
                        .revokeToken(stage.secrets().goodToken())),
                token(
                        FORBIDDEN,
                        "The token in the connection Secret may read, but not change anything.",
                        stage -> stage.secrets().token(stage.admin().mintReadOnlyToken(stage.id()))),
                token(CONNECTION_SECRET_MISSING, "There is no connection Secret.", stage -> stage.objects()
                        .deleteSecret(stage.secrets().tokenSecret())),
                Script.workspace(
                                CONNECTION_NOT_ALLOWED,
                                "The Workspace names no connection Secret, and the operator has no connection for this namespace.")
                        .by(stage -> {
                            stage.objects().own(SECRET_OF_THE_HINT);
                            stage.applyWorkspace(spec -> spec.setConnectionSecretRef(null));
                        })
                        .followed(
                                "The Workspace gets a connection Secret of its own.",
                                ConnectionTroubles::ownConnection),
                token(
                        MALFORMED_TOKEN,
                        "Only two of the token's three parts were pasted into the connection Secret.",
                        stage -> stage.secrets().storeAsToken("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ")),
                token(
                        TOKEN_EXPIRED,
                        "The token in the connection Secret expired ten minutes ago.",
                        stage -> stage.secrets()
                                .token(stage.admin().mintToken(stage.id(), TokenKind.JWT, TEN_MINUTES_AGO))));
    }

    private static Script token(ProblemType type, String cause, Script.Step arrange) {
        return Script.workspace(type, cause)
                .before(arrange)
                .followed("A good token is stored in the connection Secret.", stage -> stage.secrets()
                        .goodToken());
    }

    /** Not in a Secret of the hint's name: that may be somebody's. */
    private static void ownConnection(TroubleStage stage) throws InterruptedException {
        stage.editWorkspace(spec -> spec.setConnectionSecretRef(
                new LocalSecretReference(stage.secrets().tokenSecret())));
    }
}
