package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.gitops.Judges;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.ProblemRun;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every row of the error catalogue that a MountSession can meet, met for real before its first credential and again while it
 * renews that one, all at the same time on one operator. {@code ProblemCoverageTest} holds the rows against the catalogue.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MountSessionProblemsIT {
    private static final AllAtOnce CASES = new AllAtOnce();
    private static ProblemStage stage;

    @BeforeAll
    static void start() {
        stage = new ProblemStage("session-problems", 0.02, Map.of());
    }

    @AfterAll
    static void stop() {
        CASES.close();
        stage.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> everyRowIsReportedWithItsWayOutAndALiveCredentialStaysReady() {
        return played(SessionRows.ofAnOrchestratorThatAnswers());
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> anOrchestratorThatDoesNotAnswerIsReportedAndALiveCredentialStaysReady() {
        return played(SessionRows.ofAnOrchestratorThatDoesNot());
    }

    @Test
    @Order(3)
    void noneOfItPutsOutASecret() {
        stage.assertNoSecretWasPutOut(true);
    }

    @Test
    @Order(4)
    void gitOpsToolsJudgeAllOfItTruly() {
        Judges.assertJudgedTruly(stage);
    }

    private static Stream<DynamicTest> played(List<SessionRow> rows) {
        return CASES.played(rows, MountSessionProblemsIT::play);
    }

    private static void play(SessionRow row) {
        SessionPlay play = new SessionPlay(stage, row.name());
        if (row.first() != null) {
            new ProblemRun<>(stage.world(), row.first(), play).play();
        } else {
            play.prepare();
            play.activeWorkspace();
            play.apply();
        }
        if (row.renewal() != null) {
            new RenewalRun(stage.world(), row.renewal(), play).play();
        }
    }
}
