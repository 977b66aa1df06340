package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.gitops.Judges;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
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
 * Every row of the error catalogue that a Workspace can meet, met for real, all at the same time on one operator. {@code
 * ProblemCoverageTest} holds the rows against the catalogue.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkspaceProblemsIT {
    private static ProblemStage stage;
    private static final AllAtOnce CASES = new AllAtOnce();

    @BeforeAll
    static void start() {
        stage = new ProblemStage("problems", 0.02, Map.of());
    }

    @AfterAll
    static void stop() {
        CASES.close();
        stage.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> everyRowIsReportedWithItsWayOutAndTriedAgain() {
        return played(ProblemRows.ofAnOrchestratorThatAnswers());
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> anOrchestratorThatDoesNotAnswerIsReportedAndTriedAgain() {
        return played(TransportRows.all());
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

    private static Stream<DynamicTest> played(List<ProblemRow<ProblemPlay>> rows) {
        return CASES.played(
                rows, row -> new ProblemRun<>(stage.world(), row, new ProblemPlay(stage, row.name())).play());
    }
}
