package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Timings;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceObserverTest {
    private static final Instant LONG_AGO = Remotes.CREATED.minusSeconds(86_400);

    private final WorkspaceMemory memory = new WorkspaceMemory();
    private final Findings found = new Findings();
    private final Workspace workspace = Remotes.workspace("files");
    private Instant operatorStarted = LONG_AGO;

    private WorkspaceObservation observe(Instant now, Duration serverAhead) {
        WorkspaceObserver.Cluster cluster = new WorkspaceObserver.Cluster(false, List.of(), false, true);
        return new WorkspaceObserver(Timings.PRODUCTION, operatorStarted)
                .observe(new WorkspaceView(workspace), memory, found, null, cluster, serverAhead, now);
    }

    private void isThere(Instant createdAt) {
        found.found(Remotes.remote("files", "id-files", "pending_format", createdAt), true);
    }

    @ParameterizedTest(name = "made {0} s after the object by a clock {1} s ahead: young {2}")
    @CsvSource({
        "0, 0, true",
        "3600, 0, true",
        "-5, 0, true",
        "-6, 0, false",
        "-3600, 0, false",
        // The server's clock is corrected by what it tells of itself.
        "3600, 3600, true",
        "3594, 3600, false",
        "-3605, -3600, true",
        "-3606, -3600, false"
    })
    void youngIsWhatWasMadeNoEarlierThanTheObject(int after, int ahead, boolean young) {
        isThere(Remotes.CREATED.plusSeconds(after));

        assertThat(observe(Remotes.CREATED.plusSeconds(10), Duration.ofSeconds(ahead))
                        .young())
                .isEqualTo(young);
    }

    @ParameterizedTest(name = "{0} s old by a clock {1} s ahead: under way {2}")
    @CsvSource({"0, 0, true", "59, 0, true", "60, 0, false", "59, 300, true", "60, 300, false", "59, -300, true"})
    void underWayIsWhatWasMadeInTheLastMinute(int age, int ahead, boolean underWay) {
        Instant now = Remotes.CREATED.plusSeconds(10_000);
        isThere(now.minusSeconds(age).plusSeconds(ahead));

        assertThat(observe(now, Duration.ofSeconds(ahead)).underWay()).isEqualTo(underWay);
    }

    @Test
    void withoutCreatedAtItIsNeitherYoungNorUnderWay() {
        isThere(null);

        WorkspaceObservation seen = observe(Remotes.CREATED, Duration.ZERO);

        assertThat(seen.young()).isFalse();
        assertThat(seen.underWay()).isFalse();
    }

    @Test
    void aReserveMayBeUnderWayForTwentySecondsAfterItWasSentAndAfterAStart() {
        Instant now = Remotes.CREATED;
        assertThat(observe(now, Duration.ZERO).reserveInFlight()).isFalse();

        memory.reserveSent(now);
        assertThat(observe(now.plusMillis(19_999), Duration.ZERO).reserveInFlight())
                .isTrue();
        assertThat(observe(now.plusSeconds(20), Duration.ZERO).reserveInFlight())
                .isFalse();

        operatorStarted = now.plusSeconds(60);
        assertThat(observe(now.plusSeconds(79), Duration.ZERO).reserveInFlight())
                .isTrue();
        assertThat(observe(now.plusSeconds(80), Duration.ZERO).reserveInFlight())
                .isFalse();
    }

    @Test
    void theBoundsOfADeletionCountFromTheFirstFailure() {
        Instant now = Remotes.CREATED;
        memory.failures().failed(Operation.CONNECT.name(), Problem.of(ProblemType.CONNECTION_SECRET_MISSING), now);
        memory.failures().failed(Operation.OBSERVE.name(), Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE), now);

        assertThat(observe(now.plusSeconds(119), Duration.ZERO).bounds().connection())
                .isFalse();
        assertThat(observe(now.plusSeconds(120), Duration.ZERO).bounds().connection())
                .isTrue();
        assertThat(observe(now.plusSeconds(599), Duration.ZERO).bounds().remote())
                .isFalse();
        assertThat(observe(now.plusSeconds(600), Duration.ZERO).bounds().remote())
                .isTrue();
    }

    @Test
    void onceObservedItIsTheDeletingThatIsBoundedAndNotTheOutageBefore() {
        Instant now = Remotes.CREATED;
        memory.failures().failed(Operation.OBSERVE.name(), Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE), now);
        memory.failures()
                .failed(Operation.END.name(), Problem.of(ProblemType.WORKSPACE_DELETING), now.plusSeconds(600));
        // However long a person was waited for before.
        memory.failures().failed(Operation.SETTLE.name(), Problem.of(ProblemType.DELETION_BLOCKED), now);
        found.found(Remotes.remote("files", "deleting"), true);

        assertThat(observe(now.plusSeconds(1199), Duration.ZERO).bounds().remote())
                .isFalse();
        assertThat(observe(now.plusSeconds(1200), Duration.ZERO).bounds().remote())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pending_format, PENDING",
        "active, ACTIVE",
        "deleting, DELETING",
        "deleted, DELETED",
        "hibernating, UNKNOWN",
        ", UNKNOWN"
    })
    void statesAreThoseOfTheService(String sent, Remote state) {
        found.found(Remotes.remote("files", sent), true);

        assertThat(observe(Remotes.CREATED, Duration.ZERO).remote()).isEqualTo(state);
    }

    @Test
    void whatIsDeletedAndStillShownIsOnItsWayOut() {
        found.deleteAccepted = "id-files";
        found.found(Remotes.remote("files", "active"), true);
        assertThat(observe(Remotes.CREATED, Duration.ZERO).remote()).isEqualTo(Remote.DELETING);

        found.deleteAccepted = "id-of-another";
        assertThat(observe(Remotes.CREATED, Duration.ZERO).remote()).isEqualTo(Remote.ACTIVE);
    }

    @Test
    void notLookedAtAndNotThereAreDifferent() {
        assertThat(observe(Remotes.CREATED, Duration.ZERO).remote()).isEqualTo(Remote.NOT_OBSERVED);
        found.found(null, true);
        assertThat(observe(Remotes.CREATED, Duration.ZERO).remote()).isEqualTo(Remote.NONE);
    }

    @Test
    void theIdIsTheSameOnlyWhereOneIsRecorded() {
        RemoteWorkspace remote = Remotes.remote("files", "active");
        found.found(remote, true);
        assertThat(observe(Remotes.CREATED, Duration.ZERO).sameId()).isFalse();

        workspace.setStatus(new io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus());
        workspace.getStatus().setWorkspaceId(remote.id());
        assertThat(observe(Remotes.CREATED, Duration.ZERO).sameId()).isTrue();
    }

    @Test
    void whatNeedsNobodyElseIsDecidedWithoutACall() {
        assertThat(alone()).isFalse();
        workspace.getSpec().setSuspend(true);
        assertThat(alone()).isTrue();

        workspace.getMetadata().setDeletionTimestamp(Remotes.CREATED.toString());
        assertThat(alone()).as("suspending never blocks a deletion").isFalse();
        workspace.getSpec().setDeletionPolicy(DeletionPolicy.DELETE);
        assertThat(alone()).isFalse();
        assertThat(WorkspaceObserver.decidesAlone(new WorkspaceView(workspace), List.of("session")))
                .isTrue();
    }

    private boolean alone() {
        return WorkspaceObserver.decidesAlone(new WorkspaceView(workspace), List.of());
    }
}
