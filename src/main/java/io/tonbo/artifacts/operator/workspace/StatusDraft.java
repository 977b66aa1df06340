package io.tonbo.artifacts.operator.workspace;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusReport;
import io.tonbo.artifacts.operator.status.Timings;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.time.Instant;
import java.util.List;

/** The status to be of one Workspace: the outcome's conditions, and the facts about the remote workspace. */
record StatusDraft(WorkspaceStatus status, List<Announcement> announcements) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final StatusReport.Fact FORMATTED = new StatusReport.Fact(
            ConditionType.FORMATTED,
            ConditionStatus.TRUE,
            "VolumeFormatted",
            "The volume is formatted and recorded for this Workspace.");
    private static final StatusReport.Fact NOT_YET = new StatusReport.Fact(
            ConditionType.FORMATTED,
            ConditionStatus.FALSE,
            "NotFormatted",
            "No volume is formatted for this Workspace yet.");
    /** Takes a record back: an id, once written, is not erased. */
    private static final StatusReport.Fact HELD = new StatusReport.Fact(
            ConditionType.FORMATTED,
            ConditionStatus.FALSE,
            "HeldByAnother",
            "The volume is somebody else's: of another Workspace object, or of another client.");

    /**
     * @param view the object
     * @param found what is known of the remote workspace
     * @param outcome what the reconcile came to, or is at
     * @param now the time
     * @param timings the waiting times
     * @return the status; equal to the present one when nothing changed
     */
    static StatusDraft of(WorkspaceView view, Findings found, Outcome outcome, Instant now, Timings timings) {
        WorkspaceStatus before = view.status();
        WorkspaceStatus status = JSON.convertValue(before, WorkspaceStatus.class);
        boolean recording = outcome instanceof Outcome.Progressing;
        boolean ready = outcome instanceof Outcome.Done;
        StatusReport report = StatusReport.of(
                new StatusReport.Before(before.getConditions(), before.getLastError(), before.getObservedGeneration()),
                view.generation(),
                outcome,
                List.of(found.yielded ? HELD : recording || ready || recordCounts(view, found) ? FORMATTED : NOT_YET),
                now,
                timings);
        status.setConditions(report.conditions());
        status.setLastError(report.lastError());
        status.setObservedGeneration(report.observedGeneration());
        if (!(outcome instanceof Outcome.Unchanged)) {
            status.setLastHandledReconcileAt(view.requestedAtAsHandled());
        }
        if (recording || ready) {
            remember(status, found.remote);
        }
        if (ready) {
            status.setStorage(new FormattedStorage(
                    view.storage().getBucket(),
                    view.storage().getEndpoint(),
                    view.storage().getRegion(),
                    view.storage().getPrefix()));
        }
        if (found.looked && status.getWorkspaceId() != null) {
            status.setState(found.remote == null ? "deleted" : state(found.remote));
        }
        return new StatusDraft(status, report.announcements());
    }

    private static boolean recordCounts(WorkspaceView view, Findings found) {
        boolean another = found.remote != null && !found.remote.id().equals(view.recordedId());
        return view.recorded() == Recorded.ACTIVE || (view.recorded() == Recorded.PENDING && !another);
    }

    private static void remember(WorkspaceStatus status, RemoteWorkspace remote) {
        status.setWorkspaceId(remote.id());
        status.setAddress(cut(WorkspaceView.address(remote), WorkspaceStatus.MAX_ADDRESS));
        // What an answer leaves out is still as it was.
        status.setVolumeName(remote.volumeName() == null ? status.getVolumeName() : remote.volumeName());
        status.setKeyPrefix(remote.keyPrefix() == null ? status.getKeyPrefix() : remote.keyPrefix());
        status.setState(state(remote));
    }

    private static String state(RemoteWorkspace remote) {
        return cut(remote.status(), WorkspaceStatus.MAX_STATE);
    }

    /**
     * Only for what is shown and never compared with the orchestrator's: the client lets no id, volume or prefix pass that
     * would have to be cut.
     */
    static String cut(String text, int characters) {
        return text == null || text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
