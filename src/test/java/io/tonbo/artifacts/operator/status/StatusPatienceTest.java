package io.tonbo.artifacts.operator.status;

import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.READY;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RECONCILING;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long each problem is put up with before the status says that it lasts, or that somebody must act. */
class StatusPatienceTest {
    private static final Problem NO_SECRET = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);

    @Test
    void severityRisesOnceWhenItsTimeHasCome() {
        StatusStory story = new StatusStory();
        Problem acl = Problem.ofAnswer("metadata_acl_provisioning_failed", 500, null);
        story.failed(acl);
        assertThat(story.lastError().getSeverity()).isEqualTo("Warning");
        for (int second = 0; second < 59; second++) {
            story.after(Duration.ofSeconds(1)).failed(acl);
        }
        assertThat(story.writes()).isEqualTo(1);

        for (int second = 0; second < 60; second++) {
            story.after(Duration.ofSeconds(1)).failed(acl);
        }

        assertThat(story.writes()).isEqualTo(2);
        assertThat(story.lastError().getSeverity()).isEqualTo("Error");
        assertThat(story.lastError().getFirstSeen()).isEqualTo(StatusStory.START);
    }

    @Test
    void aRestartDoesNotTurnAnErrorBackIntoAWarning() {
        Problem problem = Problem.ofAnswer("internal_error", 500, "oops");
        StatusStory story = new StatusStory().failed(problem).failed(problem);
        assertThat(story.lastError().getSeverity()).isEqualTo("Error");
        int writes = story.writes();

        FailureHistory restarted = new FailureHistory();
        restarted.inherit(story.lastError());
        Failure firstSinceRestart = restarted.failed("operation", problem, story.now());
        story.report(new Outcome.Failed(firstSinceRestart, "Do this.", false, Duration.ofSeconds(1)));

        assertThat(story.writes()).isEqualTo(writes);
    }

    @Test
    void whatWasReadyStaysReadyForTwoMinutesAndThenStalls() {
        StatusStory story = new StatusStory().done();
        story.failed(NO_SECRET);
        assertThat(story.says(READY)).isEqualTo("True Active");

        story.after(Duration.ofSeconds(119)).failed(NO_SECRET);
        assertThat(story.says(READY)).isEqualTo("True Active");
        assertThat(story.says(STALLED)).isEqualTo("-");
        int writes = story.writes();

        story.after(Duration.ofSeconds(1)).failed(NO_SECRET);
        assertThat(story.says(READY)).isEqualTo("False ConnectionSecretMissing");
        assertThat(story.says(RECONCILING)).isEqualTo("-");
        assertThat(story.says(STALLED)).isEqualTo("True ConnectionSecretMissing");
        assertThat(story.writes()).isEqualTo(writes + 1);
    }

    @Test
    void aSecretThatComesInTimeLeavesNoTrace() {
        StatusStory story = new StatusStory().failed(NO_SECRET).after(Duration.ofSeconds(100));

        story.done();

        assertThat(story.says(READY)).isEqualTo("True Active");
        assertThat(story.status().conditions()).hasSize(1);
        assertThat(story.lastError()).isNull();
    }

    @ParameterizedTest(name = "{0}, {1} s later {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # first                          | s later | then                             | Stalled        | severity
            ORCHESTRATOR_UNREACHABLE         | 3600    | CONNECTION_SECRET_MISSING        | -              | Error
            ORCHESTRATOR_UNREACHABLE         | 3600    | BUCKET_ACCESS_DENIED             | -              | Error
            ORCHESTRATOR_UNREACHABLE         | 3600    | FORBIDDEN                        | True Forbidden | Error
            ORCHESTRATOR_UNREACHABLE         | 3600    | INTERNAL_ERROR                   | -              | Warning
            CONNECTION_SECRET_MISSING        | 3600    | UNAUTHORIZED                     | -              | Error
            WORKSPACE_EXISTS                 | 3600    | WORKSPACE_NAME_STILL_DELETED     | -              | Error
            METADATA_ACL_PROVISIONING_FAILED | 61      | ORCHESTRATOR_UNREACHABLE         | -              | Warning
            ORCHESTRATOR_UNREACHABLE         | 3600    | METADATA_ACL_PROVISIONING_FAILED | -              | Warning
            """)
    void whatComesLateIsMetWithThePatienceOfANewProblem(
            ProblemType first, long later, ProblemType then, String stalled, String severity) {
        StatusStory story = new StatusStory().failed(Problem.of(first));

        story.after(Duration.ofSeconds(later)).failed(Problem.of(then));

        assertThat(story.says(STALLED)).isEqualTo(stalled);
        assertThat(story.lastError().getSeverity()).isEqualTo(severity);
        assertThat(story.lastError().getFirstSeen()).isEqualTo(StatusStory.START);
    }

    @Test
    void problemsThatTakeTurnsStillGrowOld() {
        Problem acl = Problem.ofAnswer("metadata_acl_provisioning_failed", 500, null);
        Problem outage = Problem.ofAnswer("orchestrator_unreachable", 503, null);
        StatusStory story = new StatusStory();
        for (int second = 0; second < 60; second += 10) {
            story.failed(acl).after(Duration.ofSeconds(5));
            story.failed(outage).after(Duration.ofSeconds(5));
            assertThat(story.lastError().getSeverity()).isEqualTo("Warning");
        }

        story.failed(acl);
        assertThat(story.lastError().getSeverity()).isEqualTo("Error");
        assertThat(story.lastError().getFirstSeen()).isEqualTo(StatusStory.START);
    }

    @Test
    void problemsThatTakeTurnsAreWrittenOncePerTurnAndNoMore() {
        Problem outage = Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE);
        Problem limited = Problem.of(ProblemType.RATE_LIMITED);
        StatusStory story = new StatusStory();
        for (int turn = 0; turn < 4; turn++) {
            Problem problem = turn % 2 == 0 ? outage : limited;
            for (int attempt = 0; attempt < 10; attempt++) {
                story.failed(problem).after(Duration.ofSeconds(1));
            }
        }

        assertThat(story.writes()).isEqualTo(4);
    }
}
