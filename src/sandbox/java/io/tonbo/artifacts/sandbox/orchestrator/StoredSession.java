package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;

/**
 * A mount session that has been opened and not ended.
 *
 * @param id opaque, unique for ever
 * @param handle the account that opened it
 * @param workspaceId the workspace's id
 * @param workspaceName the workspace's name
 * @param mode rw or ro
 * @param aclUser its user in the metadata Redis
 * @param expiresAt when that user ends
 */
public record StoredSession(
        String id,
        String handle,
        String workspaceId,
        String workspaceName,
        String mode,
        String aclUser,
        Instant expiresAt) {}
