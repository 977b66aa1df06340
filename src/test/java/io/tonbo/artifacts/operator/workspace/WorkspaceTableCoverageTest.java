package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.BeReady;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.DeleteRemote;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Fail;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Format;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Release;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Reserve;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Yield;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Bounds;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table as a whole, over 400,000 observations drawn with a fixed seed: total, without a dead row, never harmful. */
class WorkspaceTableCoverageTest {
    private static final int DRAWS = 400_000;
    private static final ProblemType[] CONNECTION_PROBLEMS = {
        null, null, null, ProblemType.CONNECTION_SECRET_MISSING, ProblemType.UNAUTHORIZED
    };

    private record Case(WorkspaceObservation seen, WorkspaceDecision decided) {}

    private static List<Case> cases;

    @BeforeAll
    static void draw() {
        SplittableRandom random = new SplittableRandom(20_261_123);
        cases = new ArrayList<>(DRAWS);
        for (int i = 0; i < DRAWS; i++) {
            WorkspaceObservation seen = draw(random);
            cases.add(new Case(seen, WorkspaceTable.decide(seen)));
        }
    }

    private static WorkspaceObservation draw(SplittableRandom r) {
        Remote remote = pick(r, Remote.values());
        Setting setting = pick(r, Setting.values());
        boolean needsWhy = remote == Remote.NOT_OBSERVED || setting == Setting.UNREADABLE;
        return new WorkspaceObservation(
                r.nextBoolean(),
                r.nextInt(8) == 0,
                r.nextInt(8) == 0,
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextInt(8) == 0 ? List.of("session") : List.of(),
                pick(r, CONNECTION_PROBLEMS),
                pick(r, Recorded.values()),
                remote,
                needsWhy ? ProblemType.ORCHESTRATOR_UNREACHABLE : null,
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextBoolean(),
                pick(r, Known.values()),
                setting,
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextBoolean(),
                pick(r, Known.values()),
                pick(r, Known.values()),
                r.nextBoolean(),
                new Bounds(r.nextBoolean(), r.nextBoolean()));
    }

    private static <T> T pick(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Stream<WorkspaceObservation> when(Class<? extends WorkspaceDecision.Action> action) {
        return cases.stream()
                .filter(c -> action.isInstance(c.decided().action()))
                .map(Case::seen);
    }

    @Test
    void everyRowIsReached() {
        TreeSet<String> rows = new TreeSet<>();
        cases.forEach(c -> rows.add(c.decided().row()));
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "W11", "W12", "W13", "W14", "W15",
                        "W16", "W17", "W18", "W19", "W20", "W21", "W22", "W23", "W24", "W25", "W26", "W27", "W28",
                        "W28a", "W29", "W30", "W31", "W32", "W33", "W34");
    }

    @Test
    void everyFailureNamesItsProblem() {
        assertThat(cases.stream()
                        .filter(c -> c.decided().action() instanceof Fail fail && fail.type() == null)
                        .findFirst())
                .isEmpty();
    }

    @Test
    void whatWasActiveIsNeverMadeAnew() {
        assertThat(when(Reserve.class)).noneMatch(o -> o.record() == Recorded.ACTIVE);
        assertThat(when(Format.class)).noneMatch(o -> o.record() == Recorded.ACTIVE || o.remote() != Remote.PENDING);
    }

    @Test
    void nothingIsDoneInAStateThatIsNotKnown() {
        assertThat(Stream.of(Format.class, DeleteRemote.class, BeReady.class, Reserve.class)
                        .flatMap(WorkspaceTableCoverageTest::when))
                .noneMatch(o -> o.remote() == Remote.UNKNOWN || o.remote() == Remote.NOT_OBSERVED);
    }

    @Test
    void whatIsNotOursIsNeverDeleted() {
        assertThat(when(DeleteRemote.class)).isNotEmpty();
        assertThat(when(DeleteRemote.class)
                        .filter(o -> !(recordedOurs(o) || claimedOrFree(o)))
                        .findFirst())
                .isEmpty();
    }

    private static boolean recordedOurs(WorkspaceObservation o) {
        return o.record() != Recorded.NONE && o.sameId();
    }

    private static boolean claimedOrFree(WorkspaceObservation o) {
        return o.record() == Recorded.NONE
                && !o.rival()
                && (o.mine() == Known.YES || o.setting() == Setting.ABSENT || o.setting() == Setting.OURS);
    }

    @Test
    void whatIsPendingIsDeletedOnlyAfterALookAtItsClaim() {
        assertThat(when(DeleteRemote.class).filter(o -> o.remote() == Remote.PENDING))
                .isNotEmpty()
                .allMatch(o -> o.mine() == Known.YES || o.setting() == Setting.ABSENT || o.setting() == Setting.OURS);
    }

    @Test
    void anActiveWorkspaceIsDeletedOnlyWithItsObjectAndOnlyWhenAskedFor() {
        assertThat(when(DeleteRemote.class).filter(o -> o.remote() == Remote.ACTIVE))
                .isNotEmpty()
                .allMatch(o -> o.deleting() && !o.retain());
    }

    @Test
    void nobodyIsReadyOnWhatAnotherKeeps() {
        assertThat(when(BeReady.class))
                .noneMatch(o -> o.rival() && !o.keepsSharedId() && o.record() == Recorded.ACTIVE);
        assertThat(when(BeReady.class)).noneMatch(o -> o.rival() && o.record() != Recorded.ACTIVE);
        assertThat(when(BeReady.class))
                .isNotEmpty()
                .allMatch(o ->
                        o.record() == Recorded.ACTIVE || (o.record() == Recorded.PENDING && o.sole() == Known.YES));
    }

    @Test
    void whatWasActiveIsNeverGivenUpToARival() {
        assertThat(when(Yield.class)).isNotEmpty().allMatch(o -> o.record() != Recorded.ACTIVE);
    }

    @Test
    void whatAnotherHoldsIsNotDeletedBeforeItWasOurs() {
        assertThat(when(DeleteRemote.class)
                        .filter(o -> o.rival() && o.remote() == Remote.ACTIVE && o.record() == Recorded.PENDING)
                        .findFirst())
                .isEmpty();
    }

    @Test
    void aDeletionIsLetGoAsSoonAsItIsAbandoned() {
        assertThat(cases.stream().filter(c -> c.seen().deleting() && c.seen().abandoned()))
                .isNotEmpty()
                .allMatch(c -> c.decided().action() instanceof Release);
    }

    @Test
    void aDeletionInADyingNamespaceEndsWhenItsTimeIsUp() {
        assertThat(cases.stream()
                        .filter(c -> c.seen().deleting()
                                && c.seen().namespaceTerminating()
                                && c.seen().bounds().connection()
                                && c.seen().bounds().remote()
                                && c.seen().sessions().isEmpty()
                                && (c.seen().connectionProblem() != null
                                        || c.seen().remote() == Remote.NOT_OBSERVED)))
                .isNotEmpty()
                .allMatch(c -> c.decided().action() instanceof Release);
    }

    @Test
    void suspendNeverBlocksADeletion() {
        assertThat(cases.stream().filter(c -> c.seen().deleting()))
                .noneMatch(c -> c.decided().row().equals("W13"));
    }
}
