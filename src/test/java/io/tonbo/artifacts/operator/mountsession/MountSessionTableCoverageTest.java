package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.mountsession.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.*;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.*;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table as a whole, over 400,000 observations drawn with a fixed seed: total, without a dead row, never harmful. */
class MountSessionTableCoverageTest {
    private static final int DRAWS = 400_000;

    private record Case(MountSessionObservation seen, MountSessionDecision decided) {
        Action action() {
            return decided.action();
        }
    }

    private static List<Case> cases;

    @BeforeAll
    static void draw() {
        SplittableRandom random = new SplittableRandom(20_261_123);
        cases = new ArrayList<>(DRAWS);
        for (int i = 0; i < DRAWS; i++) {
            MountSessionObservation seen = RandomSituation.draw(random);
            cases.add(new Case(seen, MountSessionTable.decide(seen)));
        }
    }

    private static Stream<Case> where(Predicate<MountSessionObservation> so) {
        return cases.stream().filter(c -> so.test(c.seen()));
    }

    private static Stream<MountSessionObservation> when(Class<? extends Action> action) {
        return cases.stream().filter(c -> action.isInstance(c.action())).map(Case::seen);
    }

    /** A session is opened to be used; not where an old request is repeated in order to revoke what it opened. */
    private static Stream<MountSessionObservation> whenOpening() {
        return cases.stream()
                .filter(c -> c.action() instanceof Issue issue && issue.reason() != IssueReason.UNANSWERED)
                .map(Case::seen);
    }

    private static Stream<MountSessionObservation> whenRevoking(Which which) {
        return cases.stream().filter(c -> c.action().equals(new Revoke(which))).map(Case::seen);
    }

    @Test
    void everyRowIsReached() {
        TreeSet<String> rows = new TreeSet<>();
        cases.forEach(c -> rows.add(c.decided().row()));
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "M1", "M2", "M2a", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M11", "M12", "M13", "M14", "M15",
                        "M17", "M18", "M19", "M20", "M21", "M22");
    }

    @Test
    void everyActionAndEveryReasonIsTaken() {
        TreeSet<String> taken = new TreeSet<>();
        cases.forEach(
                c -> taken.add(c.action() instanceof Fail ? "Fail" : c.action().toString()));
        List<String> expected = new ArrayList<>(List.of(
                "Fail",
                "DeleteSecret[]",
                "PublishFromMemory[]",
                "RestartConsumers[]",
                "WaitToRestore[]",
                "StandBy[]",
                "StayReady[]",
                "RewriteSecret[restart=true]",
                "RewriteSecret[restart=false]"));
        Stream.of(Which.values()).forEach(which -> expected.add(new Revoke(which).toString()));
        Stream.of(Farewell.values()).forEach(farewell -> expected.add(new Release(farewell).toString()));
        Stream.of(IssueReason.values()).forEach(reason -> expected.add(new Issue(reason).toString()));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyFailureNamesItsProblem() {
        assertThat(cases.stream().filter(c -> c.action() instanceof Fail fail && fail.type() == null))
                .isEmpty();
    }

    @Test
    void noSecondSessionIsOpenedBesideOneThatIsValidAndNotDue() {
        assertThat(whenOpening())
                .isNotEmpty()
                .allMatch(o -> !o.usable() || o.schedule().due(NOW) || o.reissueAsked())
                .allMatch(o -> o.held() == Held.NONE);
    }

    @Test
    void nothingIsOpenedOrPublishedWhileDeletingOrSuspendedOrForAVoidWorkspace() {
        assertThat(Stream.concat(
                        whenOpening(),
                        Stream.of(PublishFromMemory.class, RewriteSecret.class, RestartConsumers.class)
                                .flatMap(MountSessionTableCoverageTest::when)))
                .isNotEmpty()
                .noneMatch(o -> o.deleting() || o.suspended() || o.workspace() == WorkspaceUse.VOID);
    }

    @Test
    void aSuspendedSessionMakesNoCall() {
        assertThat(where(o -> o.suspended() && !o.deleting() && o.workspace() != WorkspaceUse.VOID))
                .isNotEmpty()
                .allMatch(c -> c.action() instanceof StandBy);
    }

    @Test
    void aSecretThatIsNotOursIsNeverWrittenOrDeleted() {
        assertThat(Stream.of(PublishFromMemory.class, RewriteSecret.class, DeleteSecret.class)
                        .flatMap(MountSessionTableCoverageTest::when))
                .isNotEmpty()
                .noneMatch(o -> o.target() == Target.FOREIGN);
    }

    @Test
    void aSecretThatIsBeingDeletedIsLeftAlone() {
        assertThat(Stream.concat(
                                whenOpening(),
                                Stream.of(PublishFromMemory.class, RewriteSecret.class, DeleteSecret.class)
                                        .flatMap(MountSessionTableCoverageTest::when))
                        .filter(o -> o.target() != Target.ABSENT))
                .noneMatch(MountSessionObservation::targetTerminating);
    }

    @Test
    void aSessionIsOpenedOnlyWhereItCanBePublished() {
        assertThat(whenOpening())
                .allMatch(o -> o.workspace() == WorkspaceUse.ACTIVE)
                .allMatch(o -> o.connectionProblem() == null && o.keysProblem() == null && o.remoteProblem() == null)
                .noneMatch(o -> o.target() == Target.ABSENT && o.claimedByOlder());
    }

    @Test
    void aWorkspaceThatIsBeingDeletedTakesNoNewSession() {
        assertThat(whenOpening().filter(MountSessionObservation::workspaceTerminating))
                .isNotEmpty()
                .allMatch(MountSessionObservation::usable);
    }

    @Test
    void whatIsRevokedIsOursAndNoLongerNeeded() {
        assertThat(whenRevoking(Which.ALL)).isNotEmpty().allMatch(o -> o.deleting() && o.sessions() == Sessions.ALIVE);
        assertThat(whenRevoking(Which.REPLACED)).isNotEmpty().allMatch(o -> o.condemned() && o.usable());
        assertThat(whenRevoking(Which.HELD)).isNotEmpty().allMatch(o -> o.held() != Held.NONE);
    }

    @Test
    void nothingIsAskedOfAnOrchestratorThatCannotAnswer() {
        assertThat(Stream.of(Issue.class, Revoke.class).flatMap(MountSessionTableCoverageTest::when))
                .noneMatch(o -> o.connectionProblem() != null || o.remoteProblem() != null);
    }

    @Test
    void aSessionThatMustNotBePublishedIsNot() {
        assertThat(when(PublishFromMemory.class))
                .isNotEmpty()
                .allMatch(o -> o.held() == Held.FIT && o.publishProblem() == null && o.keysProblem() == null);
    }

    @Test
    void aLiveSessionIsReadyWhateverHappensToItsRenewal() {
        assertThat(cases)
                .allMatch(c -> (c.decided().verdict().ready() == Verdict.State.TRUE)
                        == c.seen().usable());
        assertThat(cases)
                .noneMatch(c -> c.action() instanceof StayReady
                        && (!c.seen().usable()
                                || c.seen().schedule().due(NOW)
                                || c.seen().condemned()));
    }

    @Test
    void theEndOfACredentialIsNeverSleptThrough() {
        assertThat(where(MountSessionObservation::usable))
                .isNotEmpty()
                .allMatch(c -> c.decided().lookBy() != null
                        && !c.decided().lookBy().isAfter(c.seen().schedule().expiresAt()));
    }

    @Test
    void aDeletionIsLetGoAsSoonAsItIsAbandoned() {
        assertThat(where(o -> o.deleting() && o.abandoned())).isNotEmpty().allMatch(c -> c.action()
                .equals(new Release(Farewell.ABANDONED)));
    }

    @Test
    void aDeletionEndsWithinItsBounds() {
        assertThat(where(o -> o.deleting()
                        && o.connectionProblem() != null
                        && (o.bounds().connection() || o.namespaceTerminating())))
                .isNotEmpty()
                .allMatch(MountSessionTableCoverageTest::isOnItsWay);
        assertThat(where(o ->
                        o.deleting() && o.namespaceTerminating() && o.bounds().remote()))
                .allMatch(MountSessionTableCoverageTest::isOnItsWay);
        assertThat(where(o -> o.deleting() && o.sessions() != Sessions.ALIVE && !o.unanswered()))
                .allMatch(MountSessionTableCoverageTest::isOnItsWay);
    }

    /** It lets go, or does something after which it is nearer to that. */
    private static boolean isOnItsWay(Case c) {
        return c.action() instanceof Release
                || c.action() instanceof DeleteSecret
                || c.action() instanceof Revoke
                || c.action().equals(new Issue(IssueReason.UNANSWERED));
    }

    @Test
    void whatMayHaveBeenOpenedUnansweredIsAskedForBeforeTheObjectGoes() {
        assertThat(cases.stream()
                        .filter(c -> c.action() instanceof Release)
                        .map(Case::seen)
                        .filter(o -> o.unanswered() && !o.abandoned() && o.held() == Held.NONE))
                .allMatch(o -> o.callProblem() != null);
    }

    @Test
    void aLostSecretIsRestoredAtMostEveryThirtySeconds() {
        assertThat(cases)
                .noneMatch(c -> c.action().equals(new Issue(IssueReason.LOST))
                        && c.seen().restoredLately());
    }
}
