package io.tonbo.artifacts.operator.workspace;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
 * Every row of the error catalogue that a Workspace can meet, met for real, all at the same time on one operator. {@link
 * ProblemCoverageTest} holds the rows against the catalogue.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkspaceProblemsIT {
    private static ProblemStage stage;
    private static ExecutorService players;

    @BeforeAll
    static void start() {
        stage = new ProblemStage("problems", 0.02, Map.of());
        players = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        players.shutdownNow();
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

    private static Stream<DynamicTest> played(List<ProblemRow> rows) {
        record Playing(ProblemRow row, Future<?> end) {}
        List<Playing> all = rows.stream()
                .map(row -> new Playing(row, players.submit(() -> new ProblemRun(stage, row).play())))
                .toList();
        return all.stream()
                .map(playing -> DynamicTest.dynamicTest(playing.row().toString(), () -> untilEnd(playing.end())));
    }

    private static void untilEnd(Future<?> end) throws Throwable {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
