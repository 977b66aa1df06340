package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.juicefs.Bucket;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.juicefs.MetadataStore;
import io.tonbo.artifacts.operator.juicefs.VolumeAccess;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.juicefs.VolumeUuid;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import java.util.Optional;

/**
 * Tries a session on its own volume before anybody else does: nothing is published that was not opened. Finds access that is
 * not set up yet, a volume that somebody else formatted, and a name that has changed hands.
 *
 * @param access opens metadata and buckets
 */
record VolumeCheck(VolumeAccess access) {

    /** What the session opens. */
    enum Finding {
        /** The volume that the Workspace recorded. */
        OURS,
        /** A volume that somebody else formatted. */
        FOREIGN,
        /** Nothing: there is no volume under its prefix. */
        UNFORMATTED
    }

    /**
     * @param session the session
     * @param workspace what its Workspace recorded
     * @param address the bucket's
     * @param keys the bucket's
     * @return what the session opens
     * @throws MetadataException if the metadata Redis refuses the session, or cannot be reached
     * @throws BucketException if the bucket had to be asked and refuses, or cannot be reached
     * @throws EndpointNotAllowedException if the bucket's endpoint may not be connected to
     */
    Finding tryOn(OpenedSession session, ServedWorkspace workspace, BucketAddress address, BucketKeys keys)
            throws MetadataException, BucketException, EndpointNotAllowedException {
        try (MetadataStore store = store(session, workspace)) {
            Optional<VolumeSetting> setting = store.readSetting();
            if (setting.isEmpty()) {
                return Finding.UNFORMATTED;
            }
            boolean described = setting.get().describes(workspace.volumeName(), address);
            boolean ours = setting.get().has(VolumeUuid.of(workspace.id(), workspace.uid()));
            return described && (ours || isOfBucket(setting.get(), workspace, address, keys))
                    ? Finding.OURS
                    : Finding.FOREIGN;
        }
    }

    private MetadataStore store(OpenedSession session, ServedWorkspace workspace) throws MetadataException {
        return access.metadata(session.metadataUrl().reveal(), workspace.keyPrefix());
    }

    /** An adopted volume has another UUID than ours: the one that its bucket has, too. */
    private boolean isOfBucket(VolumeSetting setting, ServedWorkspace workspace, BucketAddress address, BucketKeys keys)
            throws BucketException, EndpointNotAllowedException {
        try (Bucket bucket = access.bucket(address, keys)) {
            return bucket.readUuid(workspace.volumeName())
                    .filter(setting.uuid()::equalsIgnoreCase)
                    .isPresent();
        }
    }

    /**
     * Whether the metadata Redis itself keeps a read-only session from writing, which not every version does.
     *
     * @param session a session that was opened
     * @param workspace what its Workspace recorded
     * @return whether it does
     * @throws MetadataException if that cannot be found out
     */
    boolean isWriteProtected(OpenedSession session, ServedWorkspace workspace) throws MetadataException {
        try (MetadataStore store = store(session, workspace)) {
            return !store.mayWrite();
        }
    }
}
