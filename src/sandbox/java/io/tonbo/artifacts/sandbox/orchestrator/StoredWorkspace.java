package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;

/**
 * A workspace as the orchestrator remembers it.
 *
 * @param id opaque, unique for ever
 * @param number the server's count; orders the list and makes the key prefix
 * @param handle the owning account's handle
 * @param name the name under that handle; a deleted workspace's may have been taken again
 * @param state where it is in its life
 * @param volumeName the server's name for the JuiceFS volume, never derived from the name
 * @param keyPrefix the prefix of its keys in the metadata Redis
 * @param storage where its data lives; null for a workspace on a managed bucket
 * @param cacheProfile interactive, benchmark or custom
 * @param createdAt when it was reserved
 * @param formatUser the ACL user of the one valid format grant, or null
 */
public record StoredWorkspace(
        String id,
        long number,
        String handle,
        String name,
        WorkspaceState state,
        String volumeName,
        String keyPrefix,
        StoredStorage storage,
        String cacheProfile,
        Instant createdAt,
        String formatUser) {

    StoredWorkspace withState(WorkspaceState newState) {
        return new StoredWorkspace(
                id,
                number,
                handle,
                name,
                newState,
                volumeName,
                keyPrefix,
                storage,
                cacheProfile,
                createdAt,
                formatUser);
    }

    StoredWorkspace withFormatUser(String user) {
        return new StoredWorkspace(
                id, number, handle, name, state, volumeName, keyPrefix, storage, cacheProfile, createdAt, user);
    }

    StoredWorkspace withStorage(StoredStorage newStorage) {
        return new StoredWorkspace(
                id,
                number,
                handle,
                name,
                state,
                volumeName,
                keyPrefix,
                newStorage,
                cacheProfile,
                createdAt,
                formatUser);
    }

    StoredWorkspace withCreatedAt(Instant instant) {
        return new StoredWorkspace(
                id, number, handle, name, state, volumeName, keyPrefix, storage, cacheProfile, instant, formatUser);
    }

    StoredWorkspace shownAs(String newId, String newHandle, String newVolumeName, String newKeyPrefix) {
        return new StoredWorkspace(
                newId,
                number,
                newHandle,
                name,
                state,
                newVolumeName,
                newKeyPrefix,
                storage,
                cacheProfile,
                createdAt,
                formatUser);
    }

    /**
     * @return whether the client can still format or use it
     */
    boolean live() {
        return state == WorkspaceState.PENDING_FORMAT || state == WorkspaceState.ACTIVE;
    }
}
