package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import java.time.Duration;
import java.util.List;

/**
 * Plays one case: provoke, look at all that the operator says of it, heal, and see it end.
 *
 * @param <R> the type of the object
 * @param <P> what plays it
 */
public final class ProblemRun<R extends CustomResource<?, ?>, P extends ProblemRow.Player<R>> {
    private static final Duration SHORT_GRACE = Duration.ofMinutes(1);

    private final ProblemOracle oracle;
    private final ProblemRow<P> row;
    private final P play;

    /**
     * @param world where it is played
     * @param row what is played
     * @param play with what
     */
    public ProblemRun(World world, ProblemRow<P> row, P play) {
        this.oracle = new ProblemOracle(world, row);
        this.row = row;
        this.play = play;
    }

    public void play() {
        play.prepare();
        row.provoke().accept(play);
        R failed = untilReported();
        assertReported(failed);
        oracle.assertAnnounced(failed, play::events);
        assertGraceWasGiven();
        assertTriesAgain();
        oracle.assertNeverLessSerious(play.history().of(row.name()));
        if (row.heal() != null) {
            row.heal().accept(play);
            assertEnds(failed);
        }
        play.history().of(row.name()).forEach(Kstatus::assertHolds);
    }

    private R untilReported() {
        String beside = oracle.beside();
        return play.history()
                .await(
                        row.name(),
                        object -> oracle.isReported(object) && (beside == null || Kstatus.isTrue(object, beside)),
                        oracle.described(),
                        ProblemPlay.PATIENCE);
    }

    private void assertReported(R failed) {
        LastError error = Kstatus.lastError(failed);
        oracle.assertComplete(error);
        if (oracle.beside() != null) {
            oracle.assertSays(Kstatus.condition(failed, oracle.beside()).orElseThrow(), error, "");
        }
        if (row.keepsReady()) {
            assertThat(Kstatus.isTrue(failed, "Ready")).as("Ready is kept").isTrue();
        } else {
            assertThat(Kstatus.isTrue(failed, "Ready")).isFalse();
            oracle.assertSays(Kstatus.condition(failed, "Ready").orElseThrow(), error, "");
        }
        assertThat(Kstatus.observed(failed)).isEqualTo(failed.getMetadata().getGeneration());
    }

    /** Two minutes of "on its way" come before "somebody must act". */
    private void assertGraceWasGiven() {
        // A grace of seconds is shorter than a busy machine's step, at this time scale.
        if (!oracle.isOfGrace() || oracle.catalogue().grace().compareTo(SHORT_GRACE) < 0) {
            return;
        }
        List<R> versions = play.history().of(row.name());
        int reconciling = first(versions, "Reconciling");
        assertThat(reconciling).as("it was Reconciling first").isNotNegative();
        assertThat(first(versions, "Stalled")).isGreaterThan(reconciling);
    }

    private int first(List<R> versions, String type) {
        for (int index = 0; index < versions.size(); index++) {
            boolean here = Kstatus.isTrue(versions.get(index), type)
                    && Kstatus.condition(versions.get(index), type)
                            .orElseThrow()
                            .getReason()
                            .equals(oracle.catalogue().reason());
            if (here) {
                return index;
            }
        }
        return -1;
    }

    private void assertTriesAgain() {
        assertThat(row.heal() != null || row.attempts() != null)
                .as("a case either heals or counts")
                .isTrue();
        row.awaitAnotherAttempt(play);
    }

    private void assertEnds(R failed) {
        if (row.ending() == ProblemRow.Ending.GONE) {
            play.history().awaitGone(row.name(), ProblemPlay.PATIENCE);
            return;
        }
        R ready = play.untilReady();
        assertThat(Kstatus.condition(ready, "Stalled")).isEmpty();
        assertThat(Kstatus.condition(ready, "Reconciling")).isEmpty();
        if (!row.healedBySpec()) {
            assertThat(ready.getMetadata().getGeneration())
                    .as("healed without a change of the spec")
                    .isEqualTo(failed.getMetadata().getGeneration());
        }
    }
}
