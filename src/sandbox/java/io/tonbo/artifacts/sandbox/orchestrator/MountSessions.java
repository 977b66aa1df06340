package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Opens and ends mount sessions. Callers hold the workspace's lock. */
final class MountSessions {
    private final Store store;
    private final Access access;
    private final Wire wire;
    private final Behaviour behaviour;

    MountSessions(Store store, Access access, Wire wire, Behaviour behaviour) {
        this.store = store;
        this.access = access;
        this.wire = wire;
        this.behaviour = behaviour;
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
                id,
                workspace.handle(),
                workspace.id(),
                workspace.name(),
                body.mode(),
                grant.user(),
                grant.issuedAt(),
                grant.expiresAt(),
                SessionState.LIVE);
        store.add(session);
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

    /** The session of that id, if it has not ended; 404 if it has. */
    StoredSession live(String id) {
        return store.session(id)
                .filter(session -> session.asOf(behaviour.now()).live())
                .orElseThrow(() -> new ApiError(404, "mount_session_not_found", "no such mount session"));
    }

    Reply close(StoredSession session) {
        end(session, SessionState.REVOKED);
        return Reply.empty(204);
    }

    /** Ends the user; the session is told how it ended, unless it had ended before. */
    void end(StoredSession session, SessionState how) {
        access.end(session.aclUser());
        store.session(session.id()).filter(StoredSession::live).ifPresent(live -> store.ended(live.in(how)));
    }

    void endAll(String workspaceId, SessionState how) {
        for (StoredSession session : store.openSessions(workspaceId)) {
            SessionState now = session.asOf(behaviour.now()).state();
            end(session, now == SessionState.LIVE ? how : now);
        }
    }
}
