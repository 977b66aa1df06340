package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemOracle;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.World;
import java.util.List;

/**
 * Plays one renewal that something is in the way of: the published credential stays Ready, Renewed tells what is wrong and
 * until when the credential works, and once it is healed there is a new one.
 */
final class RenewalRun {
    private final SessionRow.Renewal renewal;
    private final SessionPlay play;
    private final ProblemOracle oracle;

    RenewalRun(World world, SessionRow.Renewal renewal, SessionPlay play) {
        this.renewal = renewal;
        this.play = play;
        this.oracle = new ProblemOracle(world, renewal.row());
    }

    void play() {
        MountSession published = play.untilReady();
        int before = play.history().of(play.name()).size() - 1;
        renewal.arrange().accept(play);
        renewal.due().accept(play);
        MountSession blocked = untilBlocked();
        assertBlocked(blocked, published);
        oracle.assertAnnounced(blocked, play::events);
        renewal.row().awaitAnotherAttempt(play);
        oracle.assertNeverLessSerious(since(before));
        renewal.heal().accept(play);
        assertRenewed(play.untilReplaced(published.getStatus().getSessionId()));
        assertThat(since(before)).allSatisfy(version -> {
            Kstatus.assertHolds(version);
            assertThat(Kstatus.isTrue(version, "Ready"))
                    .as("Ready all the time")
                    .isTrue();
        });
    }

    private List<MountSession> since(int before) {
        List<MountSession> all = play.history().of(play.name());
        return all.subList(before, all.size());
    }

    private MountSession untilBlocked() {
        return play.history()
                .await(
                        play.name(),
                        session -> oracle.isReported(session)
                                && Kstatus.condition(session, ConditionType.RENEWED)
                                        .filter(condition -> condition.getStatus() == ConditionStatus.FALSE)
                                        .isPresent(),
                        oracle.described() + " of a renewal",
                        ProblemPlay.PATIENCE);
    }

    private void assertBlocked(MountSession blocked, MountSession published) {
        LastError error = blocked.getStatus().getLastError();
        oracle.assertComplete(error);
        oracle.assertSays(
                Kstatus.condition(blocked, ConditionType.RENEWED).orElseThrow(),
                error,
                " The published credential works until " + published.getStatus().getExpiresAt() + ".");
        assertThat(Kstatus.condition(blocked, "Reconciling")).isEmpty();
        assertThat(Kstatus.condition(blocked, "Stalled")).isEmpty();
        assertThat(Kstatus.condition(blocked, "Ready").orElseThrow().getReason())
                .isEqualTo(ReadyWords.REASON);
        assertThat(blocked.getStatus().getSessionId())
                .isEqualTo(published.getStatus().getSessionId());
        assertThat(blocked.getStatus().getObservedGeneration())
                .isEqualTo(blocked.getMetadata().getGeneration());
    }

    private static void assertRenewed(MountSession renewed) {
        assertThat(Kstatus.isTrue(renewed, ConditionType.RENEWED)).isTrue();
        assertThat(renewed.getStatus().getLastError()).isNull();
    }
}
