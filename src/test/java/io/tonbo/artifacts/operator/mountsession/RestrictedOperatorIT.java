package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.ProblemRun;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's administrator takes back what sessions rest on, and gives it again. */
class RestrictedOperatorIT {
    private static final String SHARED_TOKEN = "ARTIFACTS_TOKEN_FILE";
    private static final String SHARED_WITH = "ARTIFACTS_SHARED_CONNECTION_NAMESPACES";
    private static final String ENDPOINTS = "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS";

    @TempDir
    private static Path directory;

    private static ProblemStage stage;

    @BeforeAll
    static void start() {
        stage = new ProblemStage("restricted", 0.02, Map.of());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static void play(SessionRow row) {
        SessionPlay play = new SessionPlay(stage, row.name());
        new ProblemRun<>(stage.world(), row.first(), play).play();
        new RenewalRun(stage.world(), row.renewal(), play).play();
    }

    @Test
    void aNamespaceMayNotUseTheSharedConnectionAnyMore() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), stage.world().token("not-allowed"));
        Map<String, String> allowed = Map.of(SHARED_TOKEN, token.toString(), SHARED_WITH, stage.namespace());
        Map<String, String> forbidden = Map.of(SHARED_TOKEN, token.toString(), SHARED_WITH, "somebody-else");

        play(SessionRow.of(
                ProblemRow.of("not-allowed", ProblemType.CONNECTION_NOT_ALLOWED),
                play -> {
                    stage.restartOperator(allowed);
                    play.workspace().apply(spec -> spec.setConnectionSecretRef(null));
                    play.workspace().untilReady();
                },
                play -> stage.restartOperator(forbidden),
                play -> stage.restartOperator(allowed)));
    }

    @Test
    void aBucketMayNotBeConnectedToAnyMore() {
        play(SessionRow.ofAnAdopted(
                ProblemRow.of("off-limits", ProblemType.ENDPOINT_NOT_ALLOWED),
                play -> stage.restartOperator(Map.of(ENDPOINTS, "")),
                play -> stage.restartOperator(Map.of())));
    }
}
