package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkspaceFailuresTest {
    private static final Instant NOW = Remotes.CREATED;

    private final WorkspaceMemory memory = new WorkspaceMemory();
    private final Workspace workspace = Remotes.workspace("files");

    private Outcome.Failed failed(Timings timings, Problem problem, Instant now) {
        WorkspaceFailures failures = new WorkspaceFailures(new io.tonbo.artifacts.operator.reconcile.FailureOutcomes(
                timings, new Random(7), "https://orchestrator.example.com", "1.2.3"));
        return failures.failed(
                new WorkspaceView(workspace),
                memory,
                Operation.SETTLE,
                problem,
                Remotes.remote("files", "active"),
                false,
                now);
    }

    private Outcome.Failed failed(Problem problem, Instant now) {
        return failed(Timings.PRODUCTION, problem, now);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyHintIsCompleteAndStaysTheSameWhileTheProblemDoes(ProblemType type) {
        Outcome.Failed first = failed(Problem.of(type).withRequestId("req-1"), NOW);
        Outcome.Failed later = failed(Problem.of(type).withRequestId("req-2"), NOW.plusSeconds(60));

        assertThat(first.hint()).isNotBlank();
        for (Fact fact : Fact.values()) {
            assertThat(first.hint()).doesNotContain("{" + fact.placeholder() + "}");
        }
        assertThat(later.hint()).isEqualTo(first.hint());
        assertThat(later.failure().firstSeen()).isEqualTo(NOW);
        assertThat(later.failure().attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemIsTriedAgainForEver(ProblemType type) {
        for (int attempt = 0; attempt < 200; attempt++) {
            Duration next =
                    failed(Problem.of(type), NOW.plusSeconds(attempt * 600L)).lookAgain();
            Duration longest = Problem.of(type).row().retry().longest();
            assertThat(next).isBetween(Duration.ZERO, longest.plus(longest.dividedBy(10)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE,   METADATA_UNREACHABLE,       cannot be reached from the operator",
        "UNAVAILABLE,   METADATA_UNAVAILABLE,       is not available: the words. That is a state of the metadata service",
        "ACCESS_DENIED, METADATA_ACCESS_DENIED,     refuses the access that the orchestrator granted",
        "PROTOCOL,      METADATA_ANSWER_UNEXPECTED, cannot be used: the words.",
    })
    void eachFailureOfTheMetadataHasAHintThatIsTrueOfIt(MetadataException.Kind kind, ProblemType type, String words) {
        Problem problem =
                io.tonbo.artifacts.operator.reconcile.RemoteProblems.of(new MetadataException(kind, "the words"));

        assertThat(problem.type()).isEqualTo(type);
        assertThat(failed(problem, NOW).hint()).contains(words);
    }

    @Test
    void aHolderIsNamedWhereItMayBe() {
        assertThat(failed(WorkspaceFailures.heldBy("older"), NOW).hint()).contains("Workspace object (older)");
        assertThat(failed(WorkspaceFailures.heldBy(null), NOW).hint())
                .contains("Workspace object (perhaps in another namespace)");
    }

    @Test
    void aHintNamesTheObjectAndItsSecret() {
        workspace.getSpec().setConnectionSecretRef(new LocalSecretReference("my-token"));

        String hint =
                failed(Problem.of(ProblemType.CONNECTION_SECRET_MISSING), NOW).hint();

        assertThat(hint).contains("team").contains("my-token");
    }

    @Test
    void somebodyIsThereWhenTheGraceEnds() {
        Problem missing = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);
        failed(missing, NOW);

        Outcome.Failed late = failed(missing, NOW.plusSeconds(119));

        assertThat(late.lookAgain()).isLessThanOrEqualTo(Duration.ofMillis(1001));
    }

    @Test
    void aNewProblemIsTriedAgainSoonHoweverLongTheOneBeforeItLasted() {
        Problem outage = Problem.of(ProblemType.METADATA_UNREACHABLE);
        for (int attempt = 0; attempt < 20; attempt++) {
            failed(outage, NOW.plusSeconds(attempt * 60L));
        }

        Outcome.Failed denied = failed(Problem.of(ProblemType.BUCKET_ACCESS_DENIED), NOW.plusSeconds(1200));
        assertThat(denied.lookAgain()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(denied.failure().firstSeen()).isEqualTo(NOW);

        Outcome.Failed again = failed(outage, NOW.plusSeconds(1210));
        assertThat(again.failure().attempts()).as("its backoff goes on").isEqualTo(21);
    }

    @Test
    void whatTheServerAsksForIsHonouredUpToTenMinutes() {
        Problem slow = Problem.ofAnswer("rate_limited", 429, null).withRetryAfter(Duration.ofSeconds(90));
        assertThat(failed(slow, NOW).lookAgain()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));

        Problem absurd = Problem.ofAnswer("rate_limited", 429, null).withRetryAfter(Duration.ofDays(11_574));
        assertThat(failed(absurd, NOW).lookAgain()).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aScaledOperatorWaitsScaledTimesAndAgesInDocumentedOnes() {
        Timings fast = new Timings(0.01);
        Problem missing = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);

        Outcome.Failed first = failed(fast, missing, NOW);
        assertThat(first.lookAgain()).isLessThanOrEqualTo(Duration.ofMillis(300));

        Outcome.Failed late = failed(fast, missing, NOW.plusMillis(1190));
        assertThat(late.lookAgain()).isLessThanOrEqualTo(Duration.ofMillis(12));
    }
}
