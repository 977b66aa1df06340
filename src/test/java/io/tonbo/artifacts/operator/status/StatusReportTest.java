package io.tonbo.artifacts.operator.status;

import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.READY;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RECONCILING;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each outcome on each status before it, and what is news. */
class StatusReportTest {
    private static final Problem OUTAGE = Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE);
    private static final Problem TAKEN = Problem.of(ProblemType.WORKSPACE_EXISTS);
    private static final Problem NO_SECRET = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);

    private static StatusStory before(String state) {
        StatusStory story = new StatusStory();
        return switch (state) {
            case "new" -> story;
            case "ready" -> story.done();
            case "reconciling" -> story.failed(OUTAGE);
            case "stalled" -> story.failed(TAKEN);
            case "suspended" -> story.suspended();
            default -> throw new IllegalArgumentException(state);
        };
    }

    private static StatusStory then(StatusStory story, String outcome) {
        return switch (outcome) {
            case "done" -> story.done();
            case "progressing" -> story.progressing();
            case "unchanged" -> story.unchanged();
            case "suspended" -> story.suspended();
            case "outage" -> story.failed(OUTAGE);
            case "outage, kept" -> story.failed(OUTAGE, true);
            case "taken" -> story.failed(TAKEN);
            case "no secret" -> story.failed(NO_SECRET);
            default -> throw new IllegalArgumentException(outcome);
        };
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            textBlock =
                    """
            # before    | outcome        | Ready                         | Reconciling                  | Stalled
            new         | done           | True Active                   | -                            | -
            new         | progressing    | False Formatting              | True Formatting              | -
            new         | unchanged      | -                             | -                            | -
            new         | suspended      | Unknown Suspended             | -                            | -
            new         | outage         | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            new         | outage, kept   | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            new         | taken          | False WorkspaceExists         | -                            | True WorkspaceExists
            new         | no secret      | False ConnectionSecretMissing | True ConnectionSecretMissing | -
            ready       | done           | True Active                   | -                            | -
            ready       | progressing    | True Active                   | True Formatting              | -
            ready       | unchanged      | True Active                   | -                            | -
            ready       | suspended      | True Active                   | -                            | -
            ready       | outage         | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            ready       | outage, kept   | True Active                   | True OrchestratorUnreachable | -
            ready       | taken          | False WorkspaceExists         | -                            | True WorkspaceExists
            ready       | no secret      | True Active                   | True ConnectionSecretMissing | -
            reconciling | done           | True Active                   | -                            | -
            reconciling | progressing    | False Formatting              | True Formatting              | -
            reconciling | unchanged      | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            reconciling | suspended      | False OrchestratorUnreachable | -                            | -
            reconciling | outage         | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            reconciling | taken          | False WorkspaceExists         | -                            | True WorkspaceExists
            reconciling | no secret      | False ConnectionSecretMissing | True ConnectionSecretMissing | -
            stalled     | done           | True Active                   | -                            | -
            stalled     | progressing    | False Formatting              | True Formatting              | -
            stalled     | unchanged      | False WorkspaceExists         | -                            | True WorkspaceExists
            stalled     | suspended      | False WorkspaceExists         | -                            | -
            stalled     | outage         | False OrchestratorUnreachable | True OrchestratorUnreachable | -
            stalled     | taken          | False WorkspaceExists         | -                            | True WorkspaceExists
            stalled     | no secret      | False ConnectionSecretMissing | True ConnectionSecretMissing | -
            suspended   | done           | True Active                   | -                            | -
            suspended   | progressing    | False Formatting              | True Formatting              | -
            suspended   | suspended      | Unknown Suspended             | -                            | -
            suspended   | taken          | False WorkspaceExists         | -                            | True WorkspaceExists
            """)
    void eachOutcomeOnEachStatus(String before, String outcome, String ready, String reconciling, String stalled) {
        StatusStory story = then(before(before), outcome);

        assertThat(story.says(READY)).isEqualTo(ready);
        assertThat(story.says(RECONCILING)).isEqualTo(reconciling);
        assertThat(story.says(STALLED)).isEqualTo(stalled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            done
            progressing
            suspended
            outage
            outage, kept
            taken
            no secret
            """)
    void theSameTwiceIsNoWriteAndNoEvent(String outcome) {
        StatusStory story = then(new StatusStory().fact(true).after(Duration.ofSeconds(1)), outcome);
        assertThat(story.writes()).isEqualTo(1);

        then(story.after(Duration.ofSeconds(7)), outcome);

        assertThat(story.writes()).isEqualTo(1);
        assertThat(story.announced()).isEmpty();
    }

    @Test
    void successClearsLastErrorAndSaysSoOnce() {
        StatusStory story = new StatusStory().failed(OUTAGE);
        assertThat(story.lastError().getReason()).isEqualTo("OrchestratorUnreachable");

        story.done();
        assertThat(story.lastError()).isNull();
        assertThat(story.announced()).singleElement().satisfies(event -> {
            assertThat(event.warning()).isFalse();
            assertThat(event.reason()).isEqualTo("Active");
        });
        assertThat(story.done().announced()).isEmpty();
    }

    @Test
    void anotherRequestIdTimeOrMessageIsNoNews() {
        Problem first = Problem.ofAnswer("internal_error", 500, "first").withRequestId("req-1");
        StatusStory story = new StatusStory().failed(first);
        story.after(Duration.ofSeconds(2)).failed(first); // The second attempt makes it an error.
        int writes = story.writes();

        story.after(Duration.ofSeconds(30));
        story.failed(Problem.ofAnswer("internal_error", 503, "second").withRequestId("req-2"));

        assertThat(story.writes()).isEqualTo(writes);
        assertThat(story.lastError().getRequestId()).isEqualTo("req-1");
        assertThat(story.lastError().getMessage()).isEqualTo("first");
        assertThat(story.lastError().getFirstSeen()).isEqualTo(StatusStory.START);
    }

    @Test
    void anotherCodeOfTheSameRowIsNews() {
        StatusStory story = new StatusStory().failed(Problem.ofAnswer("teapot", 418, null));

        story.failed(Problem.ofAnswer("kettle", 418, null));

        assertThat(story.writes()).isEqualTo(2);
        assertThat(story.lastError().getCode()).isEqualTo("kettle");
        assertThat(story.announced()).hasSize(1);
    }

    @Test
    void thatAnOutageShowsInAnotherWayIsNoNews() {
        StatusStory story = new StatusStory().failed(Problem.ofAnswer("orchestrator_unreachable", 0, null));

        story.failed(Problem.ofAnswer("orchestrator_timeout", 0, null));

        assertThat(story.writes()).isEqualTo(1);
        assertThat(story.lastError().getCode()).isEqualTo("orchestrator_unreachable");
    }

    @Test
    void theVerdictOnAnotherGenerationIsNews() {
        StatusStory story = new StatusStory().fact(false).failed(TAKEN);

        story.edited().failed(TAKEN);

        assertThat(story.writes()).isEqualTo(2);
        assertThat(story.status().observedGeneration()).isEqualTo(2);
        assertThat(story.status().conditions()).hasSize(3).allSatisfy(condition -> assertThat(
                        condition.getObservedGeneration())
                .isEqualTo(2));
    }

    @Test
    void theSameFailureAfterAStepForwardIsSaidAgain() {
        Problem metadata = Problem.of(ProblemType.METADATA_UNREACHABLE);
        StatusStory story = new StatusStory().failed(metadata).progressing();
        assertThat(story.says(RECONCILING)).isEqualTo("True Formatting");

        story.failed(metadata);

        assertThat(story.says(READY)).isEqualTo("False MetadataUnreachable");
        assertThat(story.says(RECONCILING)).isEqualTo("True MetadataUnreachable");
        assertThat(story.announced()).isEmpty();
    }

    @Test
    void whoMendedOneHalfReadsOfTheOther() {
        Problem both = NO_SECRET.withMessage("Secret t does not exist");
        Problem half = NO_SECRET.withMessage("Secret t has no key token");
        StatusStory story = new StatusStory().failed(both);

        story.failed(half);

        assertThat(story.lastError().getMessage()).isEqualTo("Secret t has no key token");
        assertThat(story.announced()).hasSize(1);
        assertThat(story.lastError().getFirstSeen()).isEqualTo(StatusStory.START);
        assertThat(story.failed(half).writes()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"ORCHESTRATOR_UNREACHABLE, 0", "METADATA_UNAVAILABLE, 0", "INVALID_REQUEST, 422", "FORBIDDEN, 403"})
    void otherWordsOfAnAnswerOrAnOutageAreNoNews(ProblemType type, int httpStatus) {
        Problem one = new Problem(type, "the_code", httpStatus, "in these words", Map.of(), null, null);
        StatusStory story = new StatusStory().failed(one);

        story.failed(one.withMessage("in others"));

        assertThat(story.writes()).isEqualTo(1);
        assertThat(story.announced()).isEmpty();
    }

    @Test
    void anOutageThatADeletionPutsUpWithNoLongerIsStillAnOutage() {
        StatusStory story = new StatusStory();
        for (String words : List.of("timed out", "refused", "timed out")) {
            story.failed(OUTAGE.withMessage(words).as(ProblemType.DELETION_KEEPS_FAILING));
        }

        assertThat(story.writes()).isEqualTo(1);
    }

    @Test
    void aTransitionTimeMovesWithTheStatusAlone() {
        StatusStory story = new StatusStory().failed(OUTAGE);
        story.after(Duration.ofMinutes(1)).failed(TAKEN);
        assertThat(since(story)).isEqualTo(StatusStory.START);

        story.after(Duration.ofMinutes(1)).done();
        assertThat(since(story)).isEqualTo(StatusStory.START.plusSeconds(120));

        story.after(Duration.ofMinutes(1)).edited().done();
        assertThat(since(story)).isEqualTo(StatusStory.START.plusSeconds(120));
    }

    private static Instant since(StatusStory story) {
        return story.condition(READY).orElseThrow().getLastTransitionTime();
    }

    @Test
    void suspendingSpeaksOfThePresentGenerationAndKeepsReady() {
        StatusStory story = new StatusStory().fact(true).done();

        story.edited().suspended();

        assertThat(story.says(READY)).isEqualTo("True Active");
        assertThat(story.status().observedGeneration()).isEqualTo(2);
        assertThat(story.status().conditions()).allSatisfy(condition -> assertThat(condition.getObservedGeneration())
                .isEqualTo(2));
    }

    @Test
    void readyThatIsOnlyKeptDoesNotClaimToSpeakOfANewerGeneration() {
        StatusStory story = new StatusStory().done();

        story.edited().failed(OUTAGE, true);

        assertThat(story.status().observedGeneration()).isEqualTo(2);
        assertThat(story.condition(READY).orElseThrow().getObservedGeneration()).isEqualTo(1);
        assertThat(story.condition(RECONCILING).orElseThrow().getObservedGeneration())
                .isEqualTo(2);
    }

    @Test
    void aFailurePointsAtTheReferencePage() {
        StatusStory story = new StatusStory().failed(TAKEN);

        assertThat(story.condition(READY).orElseThrow().getMessage())
                .isEqualTo("Do this. See docs/errors.md#workspaceexists.");
        assertThat(story.lastError().getHint()).isEqualTo("Do this.");
    }
}
