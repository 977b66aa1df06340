package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.mountsession.Situations.given;
import static io.tonbo.artifacts.operator.mountsession.Verdict.State.AS_IT_IS;
import static io.tonbo.artifacts.operator.mountsession.Verdict.State.FALSE;
import static io.tonbo.artifacts.operator.mountsession.Verdict.State.TRUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.ProblemType;
import org.junit.jupiter.api.Test;

/** What Ready and Renewed say, and when they have to be looked at again. */
class VerdictTest {
    private static MountSessionDecision decided(Situations given) {
        return MountSessionTable.decide(given.build());
    }

    @Test
    void aLiveSessionIsReadyAndRenewedUntilItIsDue() {
        MountSessionDecision decision = decided(given().published());
        assertThat(decision.verdict()).isEqualTo(new Verdict(TRUE, TRUE, null));
        assertThat(decision.lookBy()).isEqualTo(Situations.FRESH.renewAt());
    }

    @Test
    void aRenewalThatIsBlockedShowsInRenewedAloneUntilTheEnd() {
        MountSessionDecision decision = decided(given().published().due().outage());
        assertThat(decision.verdict()).isEqualTo(new Verdict(TRUE, FALSE, ProblemType.ORCHESTRATOR_UNREACHABLE));
        assertThat(decision.lookBy()).isEqualTo(Situations.DUE.expiresAt());
    }

    @Test
    void atTheEndBothSayWhatIsWrong() {
        MountSessionDecision decision =
                decided(given().expired().target(Target.INTACT).noConnection(ProblemType.UNAUTHORIZED));
        assertThat(decision.verdict()).isEqualTo(new Verdict(FALSE, FALSE, ProblemType.UNAUTHORIZED));
        assertThat(decision.lookBy()).isNull();
    }

    @Test
    void nothingIsSaidOfARenewalBeforeThereWasASession() {
        assertThat(decided(given().noKeys()).verdict())
                .isEqualTo(new Verdict(FALSE, AS_IT_IS, ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING));
        assertThat(decided(given()).verdict()).isEqualTo(new Verdict(FALSE, AS_IT_IS, null));
    }

    @Test
    void aSessionStaysReadyWhileItsSuccessorIsMade() {
        assertThat(decided(given().published().due()).verdict()).isEqualTo(new Verdict(TRUE, AS_IT_IS, null));
        assertThat(decided(given().published().due().inMemory(Held.UNFIT))
                        .verdict()
                        .ready())
                .isEqualTo(TRUE);
    }

    @Test
    void suspensionLeavesReadyAloneUntilTheEnd() {
        MountSessionDecision live = decided(given().published().due().suspended());
        assertThat(live.verdict()).isEqualTo(new Verdict(TRUE, AS_IT_IS, null));
        assertThat(live.lookBy()).isEqualTo(Situations.DUE.expiresAt());

        MountSessionDecision ended =
                decided(given().expired().target(Target.INTACT).suspended());
        assertThat(ended.verdict()).isEqualTo(new Verdict(FALSE, AS_IT_IS, ProblemType.SUSPENDED));
        assertThat(ended.lookBy()).isNull();
    }

    @Test
    void aSecretThatIsBeingDeletedStillWorks() {
        MountSessionDecision decision = decided(given().published().targetTerminating());
        assertThat(decision.verdict()).isEqualTo(new Verdict(TRUE, FALSE, ProblemType.MOUNT_TARGET_TERMINATING));
        assertThat(decision.lookBy()).isEqualTo(Situations.FRESH.expiresAt());
    }

    @Test
    void aVoidCredentialIsNotReady() {
        assertThat(decided(given().published().workspace(WorkspaceUse.VOID)).verdict())
                .isEqualTo(new Verdict(FALSE, FALSE, ProblemType.WORKSPACE_NO_LONGER_ACTIVE));
        assertThat(decided(given().published().ofAnotherWorkspace()).verdict().ready())
                .isEqualTo(FALSE);
    }

    @Test
    void aLostSecretIsNotReadyHoweverLongItsSessionLives() {
        assertThat(decided(given().session(Situations.FRESH).restoredLately()).verdict())
                .isEqualTo(new Verdict(FALSE, AS_IT_IS, ProblemType.SECRET_RESTORED));
    }
}
