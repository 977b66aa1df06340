package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

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

    @Test
    void codesThatTakeTurnsDoNotStartTheClockAgain() {
        history.failed("observe", OUTAGE, START);
        history.failed("observe", FAULT, START.plusSeconds(10));
        Failure third = history.failed("observe", OUTAGE, START.plusSeconds(20));

        assertThat(third.firstSeen()).isEqualTo(START);
        assertThat(third.firstRequestId()).isEqualTo("req-1");
        assertThat(third.attempts()).isEqualTo(3);
        assertThat(third.age(START.plusSeconds(20))).isEqualTo(Duration.ofSeconds(20));
        assertThat(third.problem()).isEqualTo(OUTAGE);
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
    void aRestartKeepsTheFirstFailuresTimeAndRequestId() {
        history.inherit(written(OUTAGE, START));

        Failure failure = history.failed("observe", OUTAGE.withRequestId("req-9"), START.plusSeconds(300));

        assertThat(failure.firstSeen()).isEqualTo(START);
        assertThat(failure.firstRequestId()).isEqualTo("req-1");
        assertThat(failure.attempts()).isEqualTo(1);
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
    }
}
