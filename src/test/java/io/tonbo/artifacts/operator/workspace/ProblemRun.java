package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Severity;
import io.tonbo.artifacts.operator.problem.Source;
import io.tonbo.artifacts.operator.problem.Standing;
import io.tonbo.artifacts.operator.testing.Kstatus;
import java.time.Duration;
import java.util.List;

/** Plays one case: provoke, look at all that the operator says of it, heal, and see it end. */
final class ProblemRun {
    /** What takes longer to escalate than this is not waited for. */
    private static final Duration LONGEST_ESCALATION = Duration.ofMinutes(10);

    private static final Duration SHORT_GRACE = Duration.ofMinutes(1);

    private final ProblemStage stage;
    private final ProblemRow row;
    private final ProblemPlay play;

    ProblemRun(ProblemStage stage, ProblemRow row) {
        this.stage = stage;
        this.row = row;
        this.play = new ProblemPlay(stage, row.name());
    }

    void play() {
        play.prepare();
        row.provoke().accept(play);
        Workspace failed = untilReported();
        assertReported(failed);
        assertAnnounced(failed);
        assertGraceWasGiven();
        assertTriesAgain();
        if (row.heal() != null) {
            row.heal().accept(play);
            assertEnds(failed);
        }
        stage.history().of(row.name()).forEach(Kstatus::assertHolds);
    }

    private ErrorRow catalogue() {
        return row.row();
    }

    private boolean stalls() {
        return catalogue().standing() == Standing.STALLED || catalogue().standing() == Standing.GRACE;
    }

    private Severity severity() {
        boolean escalates = catalogue().escalation() != null
                && (catalogue().escalation().after() == null
                        || catalogue().escalation().after().compareTo(LONGEST_ESCALATION) <= 0);
        return escalates ? Severity.ERROR : catalogue().severity();
    }

    private Workspace untilReported() {
        return stage.history()
                .await(
                        row.name(),
                        workspace -> {
                            LastError error = workspace.getStatus() == null
                                    ? null
                                    : workspace.getStatus().getLastError();
                            return error != null
                                    && error.getReason().equals(catalogue().reason())
                                    && row.hasCode(error.getCode())
                                    && error.getSeverity().equals(severity().text())
                                    && Kstatus.isTrue(workspace, stalls() ? "Stalled" : "Reconciling");
                        },
                        "reporting " + catalogue().reason() + ", " + row.code() + ", " + severity(),
                        ProblemPlay.PATIENCE);
    }

    private void assertReported(Workspace failed) {
        LastError error = failed.getStatus().getLastError();
        // While calls are stopped for everybody, there is no answer to speak of.
        if (row.type() != ProblemType.ORCHESTRATOR_UNREACHABLE) {
            assertThat(error.getHttpStatus()).as("httpStatus").isEqualTo(row.httpStatus());
        }
        assertThat(error.getMessage()).contains(row.message()).isNotBlank();
        assertThat(error.getHint())
                .isNotBlank()
                .doesNotContainPattern("\\{[a-zA-Z]+}")
                .doesNotContain("null");
        assertThat(error.getFirstSeen()).isNotNull();
        // Behind the closed gate of a refused token no request is made, so there may be no id to tell.
        boolean hasId = catalogue().source() == Source.ORCHESTRATOR && row.type() != ProblemType.UNAUTHORIZED;
        if (row.httpStatus() != null && hasId) {
            assertThat(error.getRequestId())
                    .as("the id of a request to this orchestrator")
                    .isNotBlank();
            assertThat(stage.world().orchestrator().calls().calls())
                    .anyMatch(call -> call.requestId().equals(error.getRequestId()));
        }
        Condition condition =
                Kstatus.condition(failed, stalls() ? "Stalled" : "Reconciling").orElseThrow();
        assertSays(condition, error);
        if (row.keepsReady()) {
            assertThat(Kstatus.isTrue(failed, "Ready")).as("Ready is kept").isTrue();
        } else {
            assertThat(Kstatus.isTrue(failed, "Ready")).isFalse();
            assertSays(Kstatus.condition(failed, "Ready").orElseThrow(), error);
        }
        assertThat(failed.getStatus().getObservedGeneration())
                .isEqualTo(failed.getMetadata().getGeneration());
    }

    private void assertSays(Condition condition, LastError error) {
        assertThat(condition.getReason()).isEqualTo(catalogue().reason());
        assertThat(condition.getMessage())
                .startsWith(error.getHint())
                .endsWith("See " + catalogue().reference() + ".");
    }

    private void assertAnnounced(Workspace failed) {
        String uid = failed.getMetadata().getUid();
        await().atMost(ProblemPlay.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(events())
                        .as("a Warning event %s", catalogue().reason())
                        .anySatisfy(event -> {
                            assertThat(event.getReason()).isEqualTo(catalogue().reason());
                            assertThat(event.getType()).isEqualTo("Warning");
                            assertThat(event.getRegarding().getUid()).isEqualTo(uid);
                            assertThat(event.getNote()).contains(catalogue().reference());
                        }));
    }

    private List<Event> events() {
        return play.scene().events(row.name());
    }

    /** Two minutes of "on its way" come before "somebody must act". */
    private void assertGraceWasGiven() {
        // A grace of seconds is shorter than a busy machine's step, at this time scale.
        if (catalogue().standing() != Standing.GRACE || catalogue().grace().compareTo(SHORT_GRACE) < 0) {
            return;
        }
        List<Workspace> versions = stage.history().of(row.name());
        int reconciling = first(versions, "Reconciling");
        assertThat(reconciling).as("it was Reconciling first").isNotNegative();
        assertThat(first(versions, "Stalled")).isGreaterThan(reconciling);
    }

    private int first(List<Workspace> versions, String type) {
        for (int index = 0; index < versions.size(); index++) {
            boolean here = Kstatus.isTrue(versions.get(index), type)
                    && Kstatus.condition(versions.get(index), type)
                            .orElseThrow()
                            .getReason()
                            .equals(catalogue().reason());
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
        if (row.attempts() != null) {
            long before = row.attempts().applyAsLong(play);
            await().atMost(ProblemPlay.PATIENCE).until(() -> row.attempts().applyAsLong(play) > before);
        }
    }

    private void assertEnds(Workspace failed) {
        if (row.ending() == ProblemRow.Ending.GONE) {
            stage.history().awaitGone(row.name(), ProblemPlay.PATIENCE);
            return;
        }
        Workspace ready = play.untilReady();
        assertThat(Kstatus.condition(ready, "Stalled")).isEmpty();
        assertThat(Kstatus.condition(ready, "Reconciling")).isEmpty();
        if (!row.healedBySpec()) {
            assertThat(ready.getMetadata().getGeneration())
                    .as("healed without a change of the spec")
                    .isEqualTo(failed.getMetadata().getGeneration());
        }
    }
}
