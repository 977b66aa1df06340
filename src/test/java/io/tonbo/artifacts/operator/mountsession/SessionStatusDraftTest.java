package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusReport;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The status is a copy of the Secret's record, and the same as long as that is. */
class SessionStatusDraftTest {
    private static final Instant NOW = Served.ISSUED.plusSeconds(60);
    private static final Outcome DONE = new Outcome.Done("CredentialPublished", "It is there.", Duration.ofMinutes(1));

    private final MountSession session = Served.mountSession();
    private final SessionMemory memory = new SessionMemory();
    private SessionRecord record = Served.record("ms_1");
    private boolean settled;
    private Duration serverAhead = Duration.ZERO;

    private MountSessionStatus draft(Outcome outcome, Instant now) {
        KnownSessions sessions = KnownSessions.of(session.getStatus(), record, memory);
        String heldId = memory.held() == null ? null : memory.held().session().id();
        List<StatusReport.Fact> current = List.of(new StatusReport.Fact(
                ConditionType.CONSUMERS_CURRENT, ConditionStatus.TRUE, "AllCurrent", "Nobody is behind."));
        return SessionStatusDraft.of(
                        new SessionView(session),
                        new SessionStatusDraft.Known(record, sessions, heldId, settled, serverAhead),
                        outcome,
                        outcome instanceof Outcome.Done ? current : List.of(),
                        now,
                        Timings.PRODUCTION)
                .status();
    }

    private MountSessionStatus written(Outcome outcome) {
        session.setStatus(draft(outcome, NOW));
        return session.getStatus();
    }

    private static Instant renewAt(Duration ahead) {
        return SessionRecord.wholeSecond(RenewalSchedule.of(Served.ISSUED, Served.ENDS, "uid-mount", ahead)
                .renewAt());
    }

    private static WorkloadReference target() {
        WorkloadReference target = new WorkloadReference();
        target.setKind("Deployment");
        target.setName("app");
        return target;
    }

    @Test
    void whatIsPublishedIsCopied() {
        MountSessionStatus status = written(DONE);

        assertThat(status.getSessionId()).isEqualTo("ms_1");
        assertThat(status.getIssuedAt()).isEqualTo(Served.ISSUED);
        assertThat(status.getExpiresAt()).isEqualTo(Served.ENDS);
        assertThat(status.getSecretName()).isEqualTo("mount");
        assertThat(status.getRenewAt()).isEqualTo(renewAt(Duration.ZERO));
        assertThat(status.getPreviousSessions()).isEmpty();
    }

    @Test
    void aSecondLookIsNoSecondWrite() {
        MountSessionStatus first = written(DONE);
        serverAhead = Duration.ofMillis(700);

        assertThat(draft(DONE, NOW.plusSeconds(5))).isEqualTo(first);
    }

    @Test
    void theRenewalIsToldByThisMachinesClockOnceForEachSession() {
        serverAhead = Duration.ofSeconds(100);
        assertThat(written(DONE).getRenewAt()).isEqualTo(renewAt(Duration.ofSeconds(100)));

        serverAhead = Duration.ofSeconds(50);
        assertThat(written(DONE).getRenewAt()).isEqualTo(renewAt(Duration.ofSeconds(100)));
        record = Served.record("ms_2");
        assertThat(written(DONE).getRenewAt()).isEqualTo(renewAt(Duration.ofSeconds(50)));
    }

    @Test
    void whatIsReplacedLivesOnAsAPreviousOneUntilItEnds() {
        written(DONE);
        record = Served.record("ms_2");

        assertThat(written(DONE).getSessionId()).isEqualTo("ms_2");
        assertThat(session.getStatus().getPreviousSessions()).containsExactly(new PreviousSession("ms_1", Served.ENDS));
        assertThat(draft(DONE, Served.ENDS).getPreviousSessions()).isEmpty();
        memory.revoked("ms_1");
        assertThat(draft(DONE, NOW).getPreviousSessions()).isEmpty();
    }

    @Test
    void whatWasLostStaysKnownWhileThereIsNoSecret() {
        written(DONE);
        record = null;

        assertThat(written(new Outcome.Unchanged(null)).getSessionId()).isEqualTo("ms_1");
        assertThat(session.getStatus().getExpiresAt()).isEqualTo(Served.ENDS);
    }

    @Test
    void whatIsHeldIsNoPreviousOneButWhatWasOpenedForNothingIs() {
        written(DONE);
        memory.hold(Served.granted("held"));
        memory.orphan("orphan", Served.ENDS);

        assertThat(draft(DONE, NOW).getPreviousSessions())
                .extracting(PreviousSession::getId)
                .containsExactly("orphan");
    }

    @Test
    void ofTooManyTheLastToEndAreKept() {
        session.getStatus()
                .setPreviousSessions(IntStream.range(0, 10)
                        .mapToObj(i -> new PreviousSession("before-" + i, Served.ENDS.minusSeconds(i)))
                        .toList());

        assertThat(draft(DONE, NOW).getPreviousSessions())
                .extracting(PreviousSession::getId)
                .containsExactly(
                        "before-7", "before-6", "before-5", "before-4", "before-3", "before-2", "before-1", "before-0");
    }

    @Test
    void consumersAreDoneForOnceTheyAreRestarted() {
        session.getSpec().setRolloutRestartTargets(List.of(target()));
        assertThat(draft(DONE, NOW).getRestartedFor()).as("under way").isNull();
        settled = true;
        assertThat(draft(DONE, NOW).getRestartedFor()).isEqualTo("ms_1");
    }

    @Test
    void whoAddsTargetsLaterHasNobodyToRestart() {
        settled = true;
        assertThat(written(DONE).getRestartedFor()).isEqualTo("ms_1");

        settled = false;
        session.getSpec().setRolloutRestartTargets(List.of(target()));
        assertThat(draft(DONE, NOW).getRestartedFor()).isEqualTo("ms_1");
        record = Served.record("ms_2");
        assertThat(draft(DONE, NOW).getRestartedFor())
                .as("for the next one they are to be restarted")
                .isEqualTo("ms_1");
    }

    @Test
    void aRequestToLookIsAnsweredOnceSomethingIsKnown() {
        session.getMetadata().setAnnotations(Map.of(ArtifactsApi.RECONCILE_REQUESTED_AT, "x".repeat(200)));

        assertThat(draft(new Outcome.Unchanged(null), NOW).getLastHandledReconcileAt())
                .isNull();
        assertThat(draft(DONE, NOW).getLastHandledReconcileAt()).isEqualTo("x".repeat(128));
    }
}
