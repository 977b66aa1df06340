package io.tonbo.artifacts.operator.orchestrator;

import java.time.Instant;

/**
 * A workspace as the orchestrator shows it. Nothing here has been checked against a schema of ours but the names, and that
 * what identifies the workspace and its volume can be recorded whole.
 *
 * @param id opaque id, 1 to 256 characters
 * @param handle the account's handle, usable as a path segment
 * @param name the workspace's name, usable as a path segment
 * @param status the state as sent, may be null; see {@link #state()}
 * @param volumeName the JuiceFS volume's name, at most 253 characters, may be null
 * @param keyPrefix the prefix of its keys in Redis, at most 253 characters, may be null
 * @param storage where its chunks are; null if the server names no bucket of the user's
 * @param cacheProfile cache profile as sent, may be null
 * @param createdAt when it was reserved, by the server's clock; null if absent or unreadable
 */
public record RemoteWorkspace(
        String id,
        String handle,
        String name,
        String status,
        String volumeName,
        String keyPrefix,
        RemoteStorage storage,
        String cacheProfile,
        Instant createdAt) {
    /**
     * @return the state, {@link WorkspaceState#UNKNOWN} for one we do not know
     */
    public WorkspaceState state() {
        return WorkspaceState.of(status);
    }

    /**
     * @return {@code handle/name}
     */
    public String address() {
        return handle + "/" + name;
    }
}
