package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import io.tonbo.artifacts.operator.telemetry.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** What is told of a reconcile: what it came to, and while it lasts which object it is about. */
class ReconcileWatchTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MountSession session = ObjectStandingTest.session(false, false, "");

    private ReconcileWatch watch() {
        return new ReconcileWatch(new Telemetry(meters, Traces.OFF), session);
    }

    private static ObjectPass.Result failed(Problem problem) {
        Failure failure = new Failure("open", problem, NOW, "req-1", NOW, 1);
        return new ObjectPass.Result(new Outcome.Failed(failure, "Do this.", false, Duration.ofMinutes(1)), null);
    }

    private static ObjectPass.Result of(Outcome outcome) {
        return new ObjectPass.Result(outcome, null);
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of(of(new Outcome.Done("Active", "All is well.", Duration.ofMinutes(1))), "done"),
                Arguments.of(of(new Outcome.Progressing("Formatting", "At it.", null)), "progressing"),
                Arguments.of(of(new Outcome.Unchanged(Duration.ofMinutes(1))), "waiting"),
                Arguments.of(of(new Outcome.Suspended(null)), "waiting"),
                Arguments.of(failed(Problem.of(ProblemType.FORBIDDEN)), "failed"),
                Arguments.of(failed(Problem.of(ProblemType.OPERATOR_FAULT)), "fault"),
                Arguments.of(new ObjectPass.Result(null, () -> {}), "released"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void whatAPassCameToIsCounted(ObjectPass.Result result, String outcome) {
        try (ReconcileWatch watch = watch()) {
            watch.cameTo(result);
        }

        assertThat(meters.get("artifacts_reconcile")
                        .tags("kind", "MountSession", "outcome", outcome)
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatEndsInAnExceptionIsAFault() {
        try (ReconcileWatch watch = watch()) {
            watch.goesOn();
        }

        assertThat(meters.get("artifacts_reconcile")
                        .tags("outcome", "fault")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void linesOfTheLogSayWhatTheyAreAboutUntilItEnds() {
        try (ReconcileWatch watch = watch()) {
            assertThat(MDC.getCopyOfContextMap())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("kind", "MountSession", "namespace", "team", "name", "files"));

            watch.cameTo(failed(Problem.of(ProblemType.FORBIDDEN).withRequestId("req-2")));

            assertThat(MDC.getCopyOfContextMap())
                    .containsEntry("reason", "Forbidden")
                    .containsEntry("operation", "open")
                    .containsEntry("requestId", "req-2")
                    .containsKey("code");
        }
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }
}
