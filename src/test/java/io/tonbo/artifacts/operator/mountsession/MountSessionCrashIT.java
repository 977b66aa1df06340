package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged operator is killed (SIGKILL) at every point of the beginning and the end of a MountSession where something has
 * had its effect and it does not know yet, and started again. The process that finishes the work of one that was killed is
 * itself the one that is killed next, with another MountSession.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MountSessionCrashIT {
    private static SessionCrashes crashes;
    private static SessionStage stage;
    private static int stories;

    private final String name = "crash-" + ++stories;

    @BeforeAll
    static void start() {
        crashes = new SessionCrashes("session-crash");
        stage = crashes.stage();
    }

    @AfterAll
    static void stop() {
        crashes.close();
    }

    static Stream<String> issue() {
        return SessionLife.ISSUE.points().stream();
    }

    static Stream<String> deletion() {
        return SessionLife.DELETION.points().stream();
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource
    void theListsOfPointsAreWhatAnUndisturbedLifeGoesThrough(SessionLife life) {
        crashes.awaitStarted();
        stage.begin();
        life.prepare(stage, name);
        stage.tap().restart();
        crashes.bringAbout(life, name);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stage.tap().points())
                        .as("%s", life.name().toLowerCase(Locale.ROOT))
                        .filteredOn(point -> !point.contains(" events") && !point.equals("orchestrator list"))
                        .containsExactlyElementsOf(life.points()));
        if (life != SessionLife.DELETION) {
            stage.account().untilSettled(name);
            stage.sessions().delete(name);
        }
        stage.sessions().untilGone(name);
        assertThat(stage.account().opened()).hasSize(life.sessions());
        stage.account().assertNothingLeft(name);
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("issue")
    void killedInAnIssueItPublishesWhatItOpened(String point) {
        crashes.isSurvived(SessionLife.ISSUE, point, name);
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("issue")
    void killedInAnIssueThatIsTakenBackItLeavesNothing(String point) {
        crashes.crashAt(SessionLife.ISSUE, point, name);
        stage.sessions().delete(name);
        crashes.startOperator();

        stage.sessions().untilGone(name);

        stage.account().assertNothingLeft(name);
    }

    @Order(4)
    @ParameterizedTest
    @MethodSource("deletion")
    void killedInADeletionItFinishesIt(String point) {
        crashes.crashAt(SessionLife.DELETION, point, name);
        crashes.startOperator();

        stage.sessions().untilGone(name);

        stage.account().assertNothingLeft(name);
    }
}
