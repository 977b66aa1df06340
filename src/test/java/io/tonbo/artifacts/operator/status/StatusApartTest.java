package io.tonbo.artifacts.operator.status;

import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.READY;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RECONCILING;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RENEWED;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Outcome.ReadyMeanwhile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ready apart from what is in the way of what is to follow; and what rests with neither Reconciling nor Stalled. */
class StatusApartTest {
    private static final StatusReport.Fact PUBLISHED =
            new StatusReport.Fact(READY, ConditionStatus.TRUE, "CredentialPublished", "It works.");

    private final FailureHistory history = new FailureHistory();
    private final StatusStory story = new StatusStory();

    private StatusStory blocked(ProblemType type) {
        return failed(type, ReadyMeanwhile.APART, RENEWED, "It works until noon.");
    }

    private StatusStory ended(ProblemType type) {
        return failed(type, ReadyMeanwhile.FALSE, RENEWED, null);
    }

    private StatusStory failed(ProblemType type, ReadyMeanwhile ready, String besides, String remark) {
        Failure failure = history.failed("open", Problem.of(type), story.now());
        Outcome outcome = new Outcome.Failed(failure, "Do this.", ready, besides, remark, Duration.ofSeconds(1));
        return ready == ReadyMeanwhile.APART
                ? story.report(outcome, List.of(PUBLISHED))
                : story.report(outcome, List.of());
    }

    private String message(String type) {
        return story.condition(type).orElseThrow().getMessage();
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void noProblemOfARenewalMakesItNotReadyHoweverLongItLasts(ProblemType type) {
        story.done();
        for (int hour = 0; hour < 3; hour++) {
            blocked(type).after(Duration.ofHours(1));

            assertThat(story.says(READY)).isEqualTo("True CredentialPublished");
            assertThat(story.says(RECONCILING)).isEqualTo("-");
            assertThat(story.says(STALLED)).isEqualTo("-");
            assertThat(story.says(RENEWED))
                    .isEqualTo("False " + Problem.of(type).row().reason());
        }
    }

    @Test
    void theConditionBesideTellsTheHintAndWhatStillWorks() {
        story.done();
        blocked(ProblemType.FORBIDDEN);

        assertThat(message(RENEWED)).isEqualTo("Do this. See docs/errors.md#forbidden. It works until noon.");
        assertThat(message(READY)).isEqualTo("It works.");
        assertThat(story.lastError().getReason()).isEqualTo("Forbidden");
        assertThat(story.announced()).singleElement().satisfies(news -> assertThat(news.warning())
                .isTrue());
    }

    @Test
    void itIsWrittenOnce() {
        story.done();
        blocked(ProblemType.FORBIDDEN);
        int writes = story.writes();

        story.after(Duration.ofMinutes(5));
        blocked(ProblemType.FORBIDDEN);

        assertThat(story.writes()).isEqualTo(writes);
        assertThat(story.announced()).isEmpty();
    }

    @Test
    void whatStoodBesideAnEarlierFailureIsTakenAway() {
        ended(ProblemType.FORBIDDEN);
        assertThat(story.says(STALLED)).isEqualTo("True Forbidden");

        blocked(ProblemType.FORBIDDEN);

        assertThat(story.says(STALLED)).isEqualTo("-");
        assertThat(story.says(READY)).isEqualTo("True CredentialPublished");
    }

    @Test
    void readyFallsWhenTheCredentialEndsThoughTheProblemIsNoNews() {
        story.done();
        blocked(ProblemType.FORBIDDEN);

        ended(ProblemType.FORBIDDEN);

        assertThat(story.says(READY)).isEqualTo("False Forbidden");
        assertThat(story.says(STALLED)).isEqualTo("True Forbidden");
        assertThat(story.says(RENEWED)).isEqualTo("False Forbidden");
        assertThat(message(RENEWED)).as("nothing works any more").doesNotContain("It works until");
    }

    @Test
    void whatRestsIsNeitherUnderWayNorWaitingForSomebody() {
        story.done();
        failed(ProblemType.SUSPENDED, ReadyMeanwhile.FALSE, null, null);

        assertThat(story.says(READY)).isEqualTo("False Suspended");
        assertThat(story.says(RECONCILING)).isEqualTo("-");
        assertThat(story.says(STALLED)).isEqualTo("-");
        assertThat(story.lastError().getReason()).isEqualTo("Suspended");
        int writes = story.writes();
        assertThat(failed(ProblemType.SUSPENDED, ReadyMeanwhile.FALSE, null, null)
                        .writes())
                .isEqualTo(writes);
    }

    @Test
    void whatRestsTakesAwayWhatStoodThere() {
        ended(ProblemType.FORBIDDEN);

        failed(ProblemType.SECRET_RESTORED, ReadyMeanwhile.FALSE, null, null);

        assertThat(story.says(STALLED)).isEqualTo("-");
        assertThat(story.says(READY)).isEqualTo("False SecretRestored");
    }
}
