package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Problem OUTAGE =
            Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE).withRequestId("req-1");
    private static final Problem FAULT =
            Problem.ofAnswer("internal_error", 500, "oops").withRequestId("req-2");

    private final FailureHistory history = new FailureHistory();

    private static LastError written(Problem problem, Instant firstSeen) {
        LastError error = new LastError();
        error.setReason(problem.row().reason());
        error.setRequestId(problem.requestId());
        error.setFirstSeen(firstSeen);
        return error;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # problems, ten seconds apart                                  | problem since | attempts
            INTERNAL_ERROR                                                 | 0             | 1
            INTERNAL_ERROR, INTERNAL_ERROR, INTERNAL_ERROR                 | 0             | 3
            ORCHESTRATOR_UNREACHABLE, INTERNAL_ERROR                       | 10            | 1
            ORCHESTRATOR_UNREACHABLE, ORCHESTRATOR_TLS, INTERNAL_ERROR     | 20            | 1
            ORCHESTRATOR_UNREACHABLE, INTERNAL_ERROR, INTERNAL_ERROR       | 10            | 2
            INTERNAL_ERROR, ORCHESTRATOR_UNREACHABLE, INTERNAL_ERROR       | 0             | 2
            INTERNAL_ERROR, RATE_LIMITED, INTERNAL_ERROR, RATE_LIMITED     | 10            | 2
            INTERNAL_ERROR, INTERNAL_ERROR, RATE_LIMITED, INTERNAL_ERROR   | 0             | 3
            # One reason, and yet two rows of the catalogue.
            WORKSPACE_EXISTS, WORKSPACE_NAME_STILL_DELETED                 | 10            | 1
            """)
    void eachProblemHasAClockOfItsOwnThatNoOtherStartsAgain(String problems, long since, int attempts) {
        Failure last = null;
        Instant now = START;
        for (String type : problems.split(", ", -1)) {
            last = history.failed("observe", Problem.of(ProblemType.valueOf(type)), now);
            now = now.plusSeconds(10);
        }

        assertThat(last.problemSince()).isEqualTo(START.plusSeconds(since));
        assertThat(last.attempts()).isEqualTo(attempts);
        assertThat(last.firstSeen()).as("the operation's own").isEqualTo(START);
    }

    @Test
    void codesThatTakeTurnsDoNotStartTheOperationsClockAgain() {
        history.failed("observe", OUTAGE, START);
        Failure second = history.failed("observe", FAULT, START.plusSeconds(10));

        assertThat(second.firstSeen()).isEqualTo(START);
        assertThat(second.firstRequestId()).isEqualTo("req-1");
        assertThat(second.problem()).isEqualTo(FAULT);
        assertThat(second.age(START.plusSeconds(25))).isEqualTo(Duration.ofSeconds(25));
        assertThat(second.problemAge(START.plusSeconds(25))).isEqualTo(Duration.ofSeconds(15));
        assertThat(history.age("observe", START.plusSeconds(25))).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void successStartsTheClockAgainForThatOperationAlone() {
        history.failed("observe", OUTAGE, START);
        history.failed("reserve", FAULT, START);

        history.succeeded("observe");

        assertThat(history.age("observe", START.plusSeconds(30))).isZero();
        assertThat(history.age("reserve", START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(history.failed("observe", OUTAGE, START.plusSeconds(30)).attempts())
                .isEqualTo(1);
        assertThat(history.failed("reserve", FAULT, START.plusSeconds(30)).attempts())
                .isEqualTo(2);
    }

    @Test
    void successForgetsEveryProblemOfTheOperation() {
        history.failed("observe", OUTAGE, START);
        history.failed("observe", FAULT, START.plusSeconds(10));

        history.succeeded("observe");

        history.failed("observe", OUTAGE, START.plusSeconds(20));
        Failure fault = history.failed("observe", FAULT, START.plusSeconds(30));
        assertThat(fault.problemSince()).isEqualTo(START.plusSeconds(30));
        assertThat(fault.attempts()).isEqualTo(1);
        assertThat(fault.firstSeen()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void aRestartKeepsTheFirstFailuresTimeAndRequestId() {
        history.inherit(written(OUTAGE, START));

        Failure failure = history.failed("observe", OUTAGE.withRequestId("req-9"), START.plusSeconds(300));

        assertThat(failure.firstSeen()).isEqualTo(START);
        assertThat(failure.firstRequestId()).isEqualTo("req-1");
        assertThat(failure.problemSince()).isEqualTo(START);
        assertThat(failure.attempts()).isEqualTo(1);

        Failure another = history.failed("observe", FAULT, START.plusSeconds(310));
        assertThat(another.firstSeen()).isEqualTo(START);
        assertThat(another.problemSince()).isEqualTo(START.plusSeconds(310));
    }

    /** A deletion that keeps failing is written under a reason of its own, with the code of what fails. */
    @Test
    void aRestartKeepsTheTimeOfWhatIsWrittenUnderAnotherReason() {
        LastError blocked = written(OUTAGE, START);
        blocked.setCode(OUTAGE.code());
        blocked.setReason("DeletionBlocked");
        history.inherit(blocked);

        assertThat(history.failed("observe", OUTAGE, START.plusSeconds(900)).firstSeen())
                .isEqualTo(START);
    }

    @Test
    void anotherProblemThanTheWrittenOneStartsAnew() {
        history.inherit(written(OUTAGE, START));

        assertThat(history.failed("reserve", FAULT, START.plusSeconds(300)).firstSeen())
                .isEqualTo(START.plusSeconds(300));
        assertThat(history.failed("observe", OUTAGE, START.plusSeconds(301)).firstSeen())
                .isEqualTo(START.plusSeconds(301));
    }

    @Test
    void whatThisProcessWroteItselfIsNotInheritedAfterASuccess() {
        history.inherit(null);
        history.failed("observe", OUTAGE, START);
        history.succeeded("observe");

        // The status still says it, since nothing else has been written meanwhile.
        history.inherit(written(OUTAGE, START));

        assertThat(history.failed("observe", OUTAGE, START.plusSeconds(600)).firstSeen())
                .isEqualTo(START.plusSeconds(600));
    }

    @Test
    void clearingForgetsEverything() {
        history.inherit(written(OUTAGE, START));
        history.failed("reserve", FAULT, START);

        history.clear();

        assertThat(history.failed("observe", OUTAGE, START.plusSeconds(5)).firstSeen())
                .isEqualTo(START.plusSeconds(5));
        assertThat(history.age("reserve", START.plusSeconds(5))).isZero();
    }

    @Test
    void aClockThatWentBackGivesNoNegativeAge() {
        Failure failure = history.failed("observe", OUTAGE, START);

        assertThat(failure.age(START.minusSeconds(60))).isZero();
        assertThat(failure.problemAge(START.minusSeconds(60))).isZero();
    }
}
