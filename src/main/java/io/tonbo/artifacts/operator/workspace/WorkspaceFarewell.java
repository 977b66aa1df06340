package io.tonbo.artifacts.operator.workspace;

import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.EventRecorder;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.Farewell;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last word on a Workspace: what became of its remote part, in an event, a log line and a count. It speaks of the
 * workspace that the object recorded; what was found under the name may be somebody else's by now.
 */
final class WorkspaceFarewell {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceFarewell.class);

    private final EventRecorder events;
    private final MeterRegistry meters;

    WorkspaceFarewell(EventRecorder events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
        // From the start, so that the first of each is an increase.
        for (Farewell farewell : Farewell.values()) {
            OperatorMeter.WORKSPACES_RELEASED.counter(meters, reason(farewell));
        }
    }

    void say(WorkspaceView view, RemoteWorkspace remote, Farewell farewell) {
        Announcement announcement = words(view, remote, farewell);
        LOG.info(
                "{}/{}: released, {}: {}",
                view.namespace(),
                view.objectName(),
                announcement.reason(),
                announcement.note());
        OperatorMeter.WORKSPACES_RELEASED.counter(meters, announcement.reason()).increment();
        events.record(view.object(), announcement);
    }

    /**
     * @param view the object
     * @param remote what was last found under its name, or null; not necessarily the recorded workspace
     * @param farewell how it is let go
     * @return what to say
     */
    static Announcement words(WorkspaceView view, RemoteWorkspace remote, Farewell farewell) {
        String note = held(view, remote)
                ? ofRecorded(view, farewell) + objects(view, farewell)
                : ofName(view, remote, farewell);
        boolean warning =
                switch (farewell) {
                    case ABANDONED, LEFT_BEHIND, REPLACED -> true;
                    case RETAINED, HELD_BY_ANOTHER, NOT_OURS, GONE -> false;
                };
        return new Announcement(warning, reason(farewell), "Release", note);
    }

    private static String reason(Farewell farewell) {
        return switch (farewell) {
            case ABANDONED -> "Abandoned";
            case LEFT_BEHIND -> "LeftBehind";
            case RETAINED -> "Retained";
            case REPLACED -> "WorkspaceReplaced";
            case HELD_BY_ANOTHER -> "HeldByAnother";
            case NOT_OURS -> "NotOurs";
            case GONE -> "Deleted";
        };
    }

    /** As the table counts records: one that was never active is none once another workspace is in its place. */
    private static boolean held(WorkspaceView view, RemoteWorkspace remote) {
        boolean another = isThere(remote) && !remote.id().equals(view.recordedId());
        return view.recorded() == Recorded.ACTIVE || (view.recorded() == Recorded.PENDING && !another);
    }

    private static boolean isThere(RemoteWorkspace remote) {
        return remote != null && remote.state() != WorkspaceState.DELETED;
    }

    private static String ofRecorded(WorkspaceView view, Farewell farewell) {
        String address = view.status().getAddress();
        String it = "workspace " + (address == null ? view.name() : address) + ", id " + view.recordedId() + ",";
        return switch (farewell) {
            case ABANDONED -> "Let go on request: " + it + " stays at the orchestrator as it is.";
            case LEFT_BEHIND -> "Not deleted in time: " + it + " may be left at the orchestrator.";
            case RETAINED -> "Kept by deletionPolicy Retain: " + it + " stays at the orchestrator as it is.";
            case REPLACED -> "Replaced: " + it + " lost its name to another one, which was not touched.";
            case HELD_BY_ANOTHER -> "Shared: " + it + " was not touched, since another Workspace object holds it.";
            case NOT_OURS -> "Not ours: " + it + " was formatted by somebody else and was not touched.";
            case GONE -> "Deleted: " + it + " is no longer at the orchestrator.";
        };
    }

    /** Nothing is recorded that counts: only what has the name can be spoken of, if anything was found. */
    private static String ofName(WorkspaceView view, RemoteWorkspace remote, Farewell farewell) {
        boolean there = isThere(remote);
        String it = there ? WorkspaceView.address(remote) + ", id " + remote.id() + "," : view.name();
        return switch (farewell) {
            case ABANDONED ->
                "Let go on request. This object held no workspace; a reservation of " + it + " may be left.";
            case LEFT_BEHIND ->
                "This object held no workspace. Whether a reservation of " + it + " is left was not found out in time.";
            case GONE ->
                there
                        ? "This object held no workspace; " + it + " which has its name, is being deleted."
                        : "This object held no workspace, and none of the name " + it + " is at the orchestrator.";
            case RETAINED, REPLACED, HELD_BY_ANOTHER, NOT_OURS ->
                "This object held no workspace; " + it
                        + " which has its name, is not this object's and was not touched.";
        };
    }

    /** What the operator does with a volume's objects is certain; what is in the bucket is not. */
    private static String objects(WorkspaceView view, Farewell farewell) {
        String volume = view.status().getVolumeName();
        if (volume == null) {
            return "";
        }
        String bucket = view.status().getStorage() == null
                ? view.storage().getBucket()
                : view.status().getStorage().getBucket();
        String place = " The operator never deletes a volume's objects: what lies under s3://" + bucket + "/" + volume;
        return place + (farewell == Farewell.GONE ? "/ stays until you remove it." : "/ stays, too.");
    }
}
