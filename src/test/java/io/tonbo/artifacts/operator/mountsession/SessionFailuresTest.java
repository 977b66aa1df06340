package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.mountsession.Verdict.State;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.FailureOutcomes;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Outcome.ReadyMeanwhile;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From what went wrong to what the status says of it and when it is tried again. */
class SessionFailuresTest {
    private static final Instant NOW = Served.ISSUED.plusSeconds(60);
    private static final Verdict LIVE = new Verdict(State.TRUE, State.FALSE, ProblemType.FORBIDDEN);
    private static final Verdict NONE = new Verdict(State.FALSE, State.AS_IT_IS, ProblemType.FORBIDDEN);

    private final SessionMemory memory = new SessionMemory();
    private final MountSession session = Served.mountSession();
    private Workspace workspace = Served.activeWorkspace();

    private Outcome.Failed failed(SessionOperation operation, Problem problem, Verdict verdict, Instant now) {
        FailureOutcomes outcomes =
                new FailureOutcomes(Timings.PRODUCTION, new Random(7), "https://orchestrator.example.com", "1.2.3");
        return new SessionFailures(outcomes)
                .failed(
                        new SessionView(session),
                        new ServedWorkspace(workspace),
                        memory,
                        operation,
                        problem,
                        verdict,
                        verdict.ready() == State.TRUE ? Served.ENDS : null,
                        now);
    }

    private Outcome.Failed failed(Problem problem, Instant now) {
        return failed(SessionOperation.OPEN, problem, NONE, now);
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
    void everyHintSaysWhatItCanWithoutAWorkspace(ProblemType type) {
        workspace = null;

        assertThat(failed(Problem.of(type), NOW).hint()).isNotBlank().doesNotContain("null");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemIsTriedAgainForEver(ProblemType type) {
        Duration longest = Problem.of(type).row().retry().longest();
        for (int attempt = 0; attempt < 200; attempt++) {
            Duration next =
                    failed(Problem.of(type), NOW.plusSeconds(attempt * 600L)).lookAgain();
            assertThat(next).isBetween(Duration.ZERO, longest.plus(longest.dividedBy(10)));
        }
    }

    @Test
    void aHintNamesTheObjectItsWorkspaceAndItsSecret() {
        assertThat(failed(Problem.of(ProblemType.METADATA_ACL_PROVISIONING_FAILED), NOW)
                        .hint())
                .contains("-n team get mountsessions.artifacts.tonbo.io mount -w", "artifacts://ada/files");
        assertThat(failed(Problem.of(ProblemType.CONNECTION_SECRET_MISSING), NOW)
                        .hint())
                .contains("Secret team/my-token");
        assertThat(failed(Problem.of(ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING), NOW)
                        .hint())
                .contains("Secret team/my-keys");
        assertThat(failed(Problem.of(ProblemType.SECRET_NOT_WRITABLE), NOW).hint())
                .contains("Secret team/mount");
        assertThat(failed(Problem.of(ProblemType.WORKSPACE_REPLACED), NOW).hint())
                .contains("ws_1", "chunks/vol-1/");
    }

    @Test
    void whoSharesTheOperatorsConnectionIsToldToAskItsAdministrator() {
        workspace.getSpec().setConnectionSecretRef(null);

        assertThat(failed(Problem.of(ProblemType.UNAUTHORIZED), NOW).hint())
                .contains("ARTIFACTS_TOKEN_FILE")
                .doesNotContain("create secret");
    }

    @Test
    void aLiveCredentialIsReadyApartFromWhatIsInTheWayOfTheNextOne() {
        Outcome.Failed failed = failed(SessionOperation.OPEN, Problem.of(ProblemType.FORBIDDEN), LIVE, NOW);

        assertThat(failed.ready()).isEqualTo(ReadyMeanwhile.APART);
        assertThat(failed.besides()).isEqualTo(ConditionType.RENEWED);
        assertThat(failed.remark()).isEqualTo("The published credential works until 2026-11-01T13:00:00Z.");
    }

    @Test
    void withoutACredentialNothingIsReadyAndNothingWorksUntilAnything() {
        Outcome.Failed failed = failed(Problem.of(ProblemType.FORBIDDEN), NOW);

        assertThat(failed.ready()).isEqualTo(ReadyMeanwhile.FALSE);
        assertThat(failed.besides()).isNull();
        assertThat(failed.remark()).isNull();
    }

    @Test
    void whatIsBeingDeletedIsNotReady() {
        session.getMetadata().setDeletionTimestamp(NOW.toString());

        Outcome.Failed failed = failed(SessionOperation.REVOKE, Problem.of(ProblemType.FORBIDDEN), LIVE, NOW);

        assertThat(failed.ready()).isEqualTo(ReadyMeanwhile.FALSE);
        assertThat(failed.besides()).isNull();
        assertThat(failed.remark()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, 60", "REVOKE, 600"})
    void somebodyIsThereWhenADeletionsTimeIsUp(SessionOperation operation, long bound) {
        session.getMetadata().setDeletionTimestamp(NOW.toString());
        Problem problem = Problem.of(ProblemType.DELETION_BLOCKED);
        failed(operation, problem, NONE, NOW);

        Outcome.Failed late = failed(operation, problem, NONE, NOW.plusSeconds(bound - 1));

        assertThat(late.lookAgain()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1001));
    }

    @Test
    void eachOperationHasAPatienceOfItsOwn() {
        Problem problem = Problem.of(ProblemType.METADATA_ACCESS_DENIED);
        failed(SessionOperation.PUBLISH, problem, NONE, NOW);

        Outcome.Failed other = failed(SessionOperation.OPEN, problem, NONE, NOW.plusSeconds(300));

        assertThat(other.failure().firstSeen()).isEqualTo(NOW.plusSeconds(300));
        assertThat(other.failure().attempts()).isEqualTo(1);
    }
}
