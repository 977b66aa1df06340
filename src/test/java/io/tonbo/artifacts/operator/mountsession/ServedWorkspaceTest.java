package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Workspace is good for, by every kind of status that it can have. */
class ServedWorkspaceTest {
    private final Workspace workspace = Served.activeWorkspace();

    private ServedWorkspace served() {
        return new ServedWorkspace(workspace);
    }

    private ServedWorkspaceTest says(ConditionStatus ready, String reason) {
        workspace.getStatus().setConditions(List.of(Served.condition("Ready", ready, reason)));
        return this;
    }

    @Test
    void oneThatIsNotThereIsAbsent() {
        ServedWorkspace none = new ServedWorkspace(null);

        assertThat(none.use()).isEqualTo(WorkspaceUse.ABSENT);
        assertThat(none.exists()).isFalse();
        assertThat(none.terminating()).isFalse();
        assertThat(none.id()).isNull();
        assertThat(none.handle()).isEmpty();
        assertThat(none.essence()).isEqualTo("absent");
    }

    @Test
    void oneThatWasNeverActiveIsNotActiveWhateverItIsWaitingFor() {
        assertThat(new ServedWorkspace(Served.workspace()).use()).isEqualTo(WorkspaceUse.NOT_ACTIVE);
        workspace.getStatus().setStorage(null);
        assertThat(served().use()).as("recorded pending").isEqualTo(WorkspaceUse.NOT_ACTIVE);
        says(ConditionStatus.FALSE, "WorkspaceDeleting");
        assertThat(served().use()).as("its name is being deleted").isEqualTo(WorkspaceUse.NOT_ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unauthorized",
                "OrchestratorUnreachable",
                "ConnectionSecretMissing",
                "StorageMismatch",
                "UnknownState"
            })
    void oneThatWasActiveStaysOfUseThroughWhatItsSessionsDoNotRestOn(String reason) {
        assertThat(says(ConditionStatus.FALSE, reason).served().use()).isEqualTo(WorkspaceUse.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WorkspaceGone", "WorkspaceReplaced", "WorkspaceDeleting"})
    void oneWhoseRemoteWorkspaceIsGoneOrAnotherOneIsVoid(String reason) {
        assertThat(says(ConditionStatus.FALSE, reason).served().use()).isEqualTo(WorkspaceUse.VOID);
        assertThat(says(ConditionStatus.TRUE, reason).served().use())
                .as("only while Ready is False")
                .isEqualTo(WorkspaceUse.ACTIVE);
    }

    @Test
    void oneThatAnotherObjectHoldsHasNoNewSessions() {
        assertThat(says(ConditionStatus.FALSE, "WorkspaceExists").served().use())
                .isEqualTo(WorkspaceUse.NOT_ACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "active, ACTIVE",
        "pending_format, NOT_ACTIVE",
        "deleting, VOID",
        "deleted, VOID",
        "hibernating, ACTIVE",
        ", ACTIVE"
    })
    void theRemoteStateCounts(String state, WorkspaceUse use) {
        workspace.getStatus().setState(state);
        assertThat(served().use()).isEqualTo(use);
    }

    @ParameterizedTest
    @CsvSource({
        "artifacts://ada/files, ada",
        "artifacts://ada/a/b, ada",
        "artifacts:///files, ''",
        "artifacts://ada, ''",
        "files, ''",
        ", ''"
    })
    void theHandleIsReadFromTheAddressOrLeftEmpty(String address, String handle) {
        workspace.getStatus().setAddress(address);
        assertThat(served().handle()).isEqualTo(handle);
    }

    static Stream<Consumer<Workspace>> whatASessionRestsOn() {
        return Stream.of(
                object -> object.getStatus().setWorkspaceId("ws_2"),
                object -> object.getStatus().setVolumeName("vol-2"),
                object -> object.getStatus().setKeyPrefix("{u_1_w_3}:"),
                object -> object.getStatus().setState("deleting"),
                object -> object.getStatus()
                        .setStorage(new FormattedStorage("other", "https://t3.storage.dev", "auto", "")),
                object -> object.getSpec().setConnectionSecretRef(null),
                object -> object.getSpec().getStorage().setCredentialsSecretRef(new LocalSecretReference("other-keys")),
                object -> object.getMetadata().setDeletionTimestamp("2026-11-01T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("whatASessionRestsOn")
    void aChangeOfWhatASessionRestsOnIsNoticed(Consumer<Workspace> change) {
        String before = served().essence();
        change.accept(workspace);
        assertThat(served().essence()).isNotEqualTo(before);
    }

    @Test
    void otherChangesWakeNobody() {
        String before = served().essence();
        workspace.getMetadata().setResourceVersion("11");
        workspace.getStatus().setLastHandledReconcileAt("now");
        says(ConditionStatus.FALSE, "OrchestratorUnreachable");
        assertThat(served().essence()).isEqualTo(before);
    }
}
