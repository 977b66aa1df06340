package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Timings;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Bounds;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * From what was gathered to what the Workspace table looks at. Pure.
 *
 * @param timings the waiting times
 * @param operatorStarted when this process started
 */
record WorkspaceObserver(Timings timings, Instant operatorStarted) {
    /** A server's clock shows whole seconds, and a create takes a moment. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    /**
     * What Kubernetes says besides the object itself.
     *
     * @param namespaceTerminating whether the namespace is being deleted
     * @param sessions MountSessions that refer to the Workspace
     * @param rival whether another live Workspace recorded the id in question
     * @param keepsSharedId whether this object is the first of those that recorded it
     */
    record Cluster(boolean namespaceTerminating, List<String> sessions, boolean rival, boolean keepsSharedId) {}

    WorkspaceObservation observe(
            WorkspaceView view,
            WorkspaceMemory memory,
            Findings found,
            Problem connectionProblem,
            Cluster cluster,
            Duration serverAhead,
            Instant now) {
        RemoteWorkspace remote = found.remote;
        Instant createdHere = remote == null || remote.createdAt() == null
                ? null
                : remote.createdAt().minus(serverAhead);
        boolean inFlight = memory.reserveMayBeUnderWay(timings.reserveSettles(), now)
                || Duration.between(operatorStarted, now).compareTo(timings.reserveSettles()) < 0;
        return new WorkspaceObservation(
                view.deleting(),
                view.abandoned(),
                view.suspended(),
                cluster.namespaceTerminating(),
                view.retain(),
                view.adopt(),
                cluster.sessions(),
                connectionProblem == null ? null : connectionProblem.type(),
                view.recorded(),
                state(found),
                found.remoteProblem == null ? null : found.remoteProblem.type(),
                found.confirmed,
                remote != null && remote.id().equals(view.recordedId()),
                remote != null && !view.differences(remote).isEmpty(),
                found.mine,
                found.setting,
                createdHere != null && !createdHere.isBefore(view.created().minus(YOUNG)),
                createdHere != null && Duration.between(createdHere, now).compareTo(timings.foreignCreate()) < 0,
                cluster.rival(),
                cluster.keepsSharedId(),
                found.sole,
                found.proven,
                inFlight,
                bounds(memory, found, now));
    }

    private Bounds bounds(WorkspaceMemory memory, Findings found, Instant now) {
        Operation remote = found.looked ? Operation.END : Operation.OBSERVE;
        if (found.remoteProblem != null) {
            remote = found.remoteOperation;
        }
        return new Bounds(
                memory.failures().age(Operation.CONNECT.name(), now).compareTo(timings.deletionWithoutConnection())
                        >= 0,
                memory.failures().age(remote.name(), now).compareTo(timings.deletionInOutage()) >= 0);
    }

    private static Remote state(Findings found) {
        if (!found.looked) {
            return Remote.NOT_OBSERVED;
        }
        if (found.remote == null) {
            return Remote.NONE;
        }
        if (found.remote.id().equals(found.deleteAccepted) && found.remote.state() != WorkspaceState.DELETED) {
            return Remote.DELETING;
        }
        return switch (found.remote.state()) {
            case PENDING_FORMAT -> Remote.PENDING;
            case ACTIVE -> Remote.ACTIVE;
            case DELETING -> Remote.DELETING;
            case DELETED -> Remote.DELETED;
            case UNKNOWN -> Remote.UNKNOWN;
        };
    }

    /** Whether the table can decide without asking anybody. */
    static boolean decidesAlone(WorkspaceView view, List<String> sessions) {
        if (!view.deleting()) {
            return view.suspended();
        }
        return view.abandoned() || !sessions.isEmpty() || (view.retain() && view.recorded() == Recorded.ACTIVE);
    }

    /** A refused token says nothing about the workspace; it is the connection that is wrong. */
    static boolean isConnectionProblem(ProblemType type) {
        return type == ProblemType.UNAUTHORIZED || type == ProblemType.FORBIDDEN;
    }
}
