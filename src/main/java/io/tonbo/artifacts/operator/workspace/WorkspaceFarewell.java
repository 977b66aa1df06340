package io.tonbo.artifacts.operator.workspace;

import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.EventRecorder;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Farewell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last word on a Workspace: what became of its remote part, in an event, a log line and a count. */
final class WorkspaceFarewell {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceFarewell.class);

    private final EventRecorder events;
    private final MeterRegistry meters;

    WorkspaceFarewell(EventRecorder events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
    }

    void say(WorkspaceView view, RemoteWorkspace remote, Farewell farewell) {
        String what = what(view, remote);
        Announcement announcement =
                switch (farewell) {
                    case ABANDONED -> new Announcement(true, "Abandoned", "Release", "Let go on request. " + what);
                    case LEFT_BEHIND ->
                        new Announcement(true, "LeftBehind", "Release", "Could not be deleted in time. " + what);
                    case RETAINED ->
                        new Announcement(false, "Retained", "Release", "Kept by deletionPolicy Retain. " + what);
                    case REPLACED ->
                        new Announcement(
                                true,
                                "WorkspaceReplaced",
                                "Release",
                                "Another workspace has the name by now; it was not touched. " + what);
                    case NOT_OURS ->
                        new Announcement(
                                false, "NotOurs", "Release", "What has the name was not made by this object. " + what);
                    case GONE -> new Announcement(false, "Deleted", "Release", "Nothing is left remotely. " + what);
                };
        LOG.info(
                "{}/{}: released, {}: {}",
                view.namespace(),
                view.objectName(),
                announcement.reason(),
                announcement.note());
        meters.counter("artifacts_workspaces_released", "farewell", announcement.reason())
                .increment();
        events.record(view.object(), announcement);
    }

    private static String what(WorkspaceView view, RemoteWorkspace remote) {
        String address =
                remote != null ? WorkspaceView.address(remote) : view.status().getAddress();
        String id = remote != null ? remote.id() : view.recordedId();
        String volume = remote != null ? remote.volumeName() : view.status().getVolumeName();
        return "Workspace " + (address == null ? view.name() : address) + (id == null ? "" : ", id " + id)
                + (volume == null
                        ? "."
                        : ", objects under s3://" + view.storage().getBucket() + "/" + volume + "/ are not deleted.");
    }
}
