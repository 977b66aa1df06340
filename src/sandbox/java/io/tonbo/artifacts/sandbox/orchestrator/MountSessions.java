package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Opens and ends mount sessions. Callers hold the workspace's lock. */
final class MountSessions {
    private final Store store;
    private final Access access;
    private final Wire wire;

    MountSessions(Store store, Access access, Wire wire) {
        this.store = store;
        this.access = access;
        this.wire = wire;
    }

    Reply open(StoredWorkspace workspace, SessionBody body, CallContext call) {
        if (workspace.state() != WorkspaceState.ACTIVE) {
            throw ApiError.documented(
                    "workspace_not_active",
                    "the workspace is " + workspace.state().wire());
        }
        String id = "ms_" + Randomness.name(24);
        Duration wish = Duration.ofSeconds(body.ttlSeconds());
        Access.Grant grant = access.session(workspace, id, body.readOnly(), wish, call);
        StoredSession session = new StoredSession(
                id, workspace.handle(), workspace.id(), workspace.name(), body.mode(), grant.user(), grant.expiresAt());
        store.save(session);
        if (call.meets(FaultKind.ACL_FAILURE_AFTER_EFFECT).isPresent()) {
            throw ApiError.aclProvisioningFailed();
        }
        return Reply.json(201, answer(workspace, session, grant, call));
    }

    private ObjectNode answer(StoredWorkspace workspace, StoredSession session, Access.Grant grant, CallContext call) {
        ObjectNode shown = wire.workspace(workspace, call);
        ObjectNode answer = wire.object();
        answer.putObject("session")
                .put("id", session.id())
                .put("mode", session.mode())
                .put("expires_at", wire.time(session.expiresAt()));
        answer.put("metadata_url", grant.metadataUrl());
        answer.set("volume_name", shown.get("volume_name"));
        answer.set("key_prefix", shown.get("key_prefix"));
        answer.set("storage", shown.get("storage"));
        return answer;
    }

    Reply close(Optional<StoredSession> session) {
        end(session.orElseThrow(() -> new ApiError(404, "mount_session_not_found", "no such mount session")));
        return Reply.empty(204);
    }

    void end(StoredSession session) {
        access.end(session.aclUser());
        store.remove(session);
    }

    /** Drops the session whose user has come to its end, if the user is a session's. */
    void forget(String aclUser) {
        Access.sessionOf(aclUser).flatMap(store::session).ifPresent(store::remove);
    }

    void endAll(String workspaceId) {
        store.sessions(workspaceId).forEach(this::end);
    }
}
