package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;

/**
 * A mount session that has been opened. It stays known when it has ended.
 *
 * @param id opaque, unique for ever
 * @param handle the account that opened it
 * @param workspaceId the workspace's id
 * @param workspaceName the workspace's name
 * @param mode rw or ro
 * @param aclUser its user in the metadata Redis
 * @param issuedAt when it was opened
 * @param expiresAt when that user ends; at this instant it has ended
 * @param state whether it has ended, and how
 */
public record StoredSession(
        String id,
        String handle,
        String workspaceId,
        String workspaceName,
        String mode,
        String aclUser,
        Instant issuedAt,
        Instant expiresAt,
        SessionState state) {
    /**
     * @return whether it has neither been ended nor run out
     */
    public boolean live() {
        return state == SessionState.LIVE;
    }

    StoredSession in(SessionState other) {
        return new StoredSession(id, handle, workspaceId, workspaceName, mode, aclUser, issuedAt, expiresAt, other);
    }

    /** As it is at that time, also if nobody has noted yet that it ran out. */
    StoredSession asOf(Instant now) {
        return live() && !now.isBefore(expiresAt) ? in(SessionState.RAN_OUT) : this;
    }
}
