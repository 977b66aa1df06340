package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Farewell;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said when a Workspace is let go: of the recorded one, where there is one, and nothing that is not known. */
class WorkspaceFarewellTest {
    private static final String KEPT =
            " The operator never deletes a volume's objects: what lies under s3://old/vol-1/";

    private final Workspace workspace = Remotes.workspace("files");

    /** Another one than was recorded, under the same name. */
    private static RemoteWorkspace newcomer(String state) {
        return Remotes.remote("files", "ws_new", state, Remotes.CREATED);
    }

    private WorkspaceView recorded() {
        WorkspaceStatus status = new WorkspaceStatus();
        status.setWorkspaceId("ws_1");
        status.setAddress("artifacts://ada/files");
        status.setVolumeName("vol-1");
        status.setStorage(new FormattedStorage("old", "https://s3.example.com", "auto", ""));
        workspace.setStatus(status);
        return new WorkspaceView(workspace);
    }

    private WorkspaceView unrecorded() {
        return new WorkspaceView(workspace);
    }

    static Stream<Arguments> ofTheRecorded() {
        String it = "workspace artifacts://ada/files, id ws_1, ";
        return Stream.of(
                arguments(
                        Farewell.ABANDONED,
                        "Let go on request: " + it + "stays at the orchestrator as it is." + KEPT + " stays, too."),
                arguments(
                        Farewell.LEFT_BEHIND,
                        "Not deleted in time: " + it + "may be left at the orchestrator." + KEPT + " stays, too."),
                arguments(
                        Farewell.RETAINED,
                        "Kept by deletionPolicy Retain: " + it + "stays at the orchestrator as it is." + KEPT
                                + " stays, too."),
                arguments(
                        Farewell.REPLACED,
                        "Replaced: " + it + "lost its name to another one, which was not touched." + KEPT
                                + " stays, too."),
                arguments(
                        Farewell.HELD_BY_ANOTHER,
                        "Shared: " + it + "was not touched, since another Workspace object holds it." + KEPT
                                + " stays, too."),
                arguments(
                        Farewell.NOT_OURS,
                        "Not ours: " + it + "was formatted by somebody else and was not touched." + KEPT
                                + " stays, too."),
                arguments(
                        Farewell.GONE,
                        "Deleted: " + it + "is no longer at the orchestrator." + KEPT + " stays until you remove it."));
    }

    @ParameterizedTest
    @MethodSource
    void ofTheRecorded(Farewell farewell, String note) {
        assertThat(WorkspaceFarewell.words(recorded(), newcomer("active"), farewell)
                        .note())
                .isEqualTo(note);
        assertThat(WorkspaceFarewell.words(recorded(), null, farewell).note())
                .as("what is found under the name does not matter")
                .isEqualTo(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ABANDONED   | -        | Let go on request. This object held no workspace; a reservation of files may be left.
            LEFT_BEHIND | -        | This object held no workspace. Whether a reservation of files is left was not found out in time.
            LEFT_BEHIND | pending_format | This object held no workspace. Whether a reservation of artifacts://ada/files, id ws_new, is left was not found out in time.
            GONE        | -        | This object held no workspace, and none of the name files is at the orchestrator.
            GONE        | deleted  | This object held no workspace, and none of the name files is at the orchestrator.
            GONE        | deleting | This object held no workspace; artifacts://ada/files, id ws_new, which has its name, is being deleted.
            NOT_OURS    | active   | This object held no workspace; artifacts://ada/files, id ws_new, which has its name, is not this object's and was not touched.
            """)
    void withNothingRecordedOnlyOfTheName(Farewell farewell, String found, String note) {
        RemoteWorkspace remote = found.equals("-") ? null : newcomer(found);

        assertThat(WorkspaceFarewell.words(unrecorded(), remote, farewell).note())
                .isEqualTo(note)
                .doesNotContain("s3://");
    }

    @Test
    void aRecordThatWasNeverActiveIsNoneOnceAnotherIsInItsPlace() {
        WorkspaceView view = recorded();
        view.status().setStorage(null);

        assertThat(WorkspaceFarewell.words(view, newcomer("pending_format"), Farewell.NOT_OURS)
                        .note())
                .isEqualTo("This object held no workspace; artifacts://ada/files, id ws_new, which has its name, is not"
                        + " this object's and was not touched.");
        assertThat(WorkspaceFarewell.words(view, newcomer("deleted"), Farewell.GONE)
                        .note())
                .startsWith("Deleted: workspace artifacts://ada/files, id ws_1,");
    }

    @Test
    void aRecordThatWasTakenBackIsNone() {
        WorkspaceView view = recorded();
        view.status().setStorage(null);
        Condition takenBack = new Condition();
        takenBack.setType(ConditionType.FORMATTED);
        takenBack.setStatus(ConditionStatus.FALSE);
        view.status().setConditions(List.of(takenBack));

        assertThat(WorkspaceFarewell.words(view, null, Farewell.GONE).note())
                .isEqualTo("This object held no workspace, and none of the name files is at the orchestrator.");
    }

    @ParameterizedTest
    @CsvSource({
        "ABANDONED, true, Abandoned",
        "LEFT_BEHIND, true, LeftBehind",
        "RETAINED, false, Retained",
        "REPLACED, true, WorkspaceReplaced",
        "HELD_BY_ANOTHER, false, HeldByAnother",
        "NOT_OURS, false, NotOurs",
        "GONE, false, Deleted",
    })
    void aWarningWhereSomethingMayBeLeftUnwanted(Farewell farewell, boolean warning, String reason) {
        Announcement announcement = WorkspaceFarewell.words(recorded(), null, farewell);

        assertThat(announcement.warning()).isEqualTo(warning);
        assertThat(announcement.reason()).isEqualTo(reason);
    }

    @Test
    void theBucketIsTheSpecsUntilAnotherOneIsKnownToBeFormatted() {
        WorkspaceView view = recorded();
        view.status().setStorage(null);

        assertThat(WorkspaceFarewell.words(view, null, Farewell.GONE).note()).contains("s3://b/vol-1/");
    }

    @ParameterizedTest
    @EnumSource(Farewell.class)
    void theLongestNamesFitIntoAnEvent(Farewell farewell) {
        WorkspaceView view = recorded();
        view.status().setWorkspaceId("i".repeat(256));
        view.status().setAddress("artifacts://" + "h".repeat(128) + "/" + "n".repeat(64));
        view.status().setVolumeName("v".repeat(63));
        view.status().getStorage().setBucket("b".repeat(63));

        assertThat(WorkspaceFarewell.words(view, null, farewell).note().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void everyFarewellIsCountedFromTheStart() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        assertThat(new WorkspaceFarewell(null, meters)).isNotNull();

        assertThat(meters.get("artifacts_workspaces_released").counters())
                .allMatch(counter -> counter.count() == 0)
                .extracting(counter -> counter.getId().getTag("farewell"))
                .containsExactlyInAnyOrder(
                        "Abandoned",
                        "LeftBehind",
                        "Retained",
                        "WorkspaceReplaced",
                        "HeldByAnother",
                        "NotOurs",
                        "Deleted");
    }
}
