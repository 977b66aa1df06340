package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.SecretReadException;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.juicefs.Bucket;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.juicefs.MetadataStore;
import io.tonbo.artifacts.operator.juicefs.VolumeAccess;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.juicefs.VolumeUuid;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ConnectionProblems;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One pass' hands on the volume: its bucket and its metadata, opened when first needed, closed with the pass. */
final class VolumeSteps implements AutoCloseable {
    private final VolumeAccess access;
    private final WorkspaceView view;
    private final KeysReader secret;
    private final Findings found;
    private Bucket bucket;
    private BucketAddress address;
    private Problem storageProblem;
    private MetadataStore metadata;
    private VolumeSetting foreign;

    /** Reads the Secret with the bucket's keys. */
    interface KeysReader {
        /**
         * @return what it holds; null when there is no such Secret
         */
        StorageCredentials read() throws SecretReadException;
    }

    VolumeSteps(VolumeAccess access, WorkspaceView view, KeysReader secret, Findings found) {
        this.access = access;
        this.view = view;
        this.secret = secret;
        this.found = found;
    }

    /**
     * Rows F8 and F9: the keys are there and the endpoint may be connected to.
     *
     * @return what is wrong, or null
     */
    Problem storageProblem() {
        if (bucket == null && storageProblem == null) {
            storageProblem = open();
        }
        return storageProblem;
    }

    private Problem open() {
        try {
            StorageCredentials credentials = secret.read();
            if (credentials == null || credentials.keys().isEmpty()) {
                return ConnectionProblems.withoutKeys(
                        ProblemType.STORAGE_CREDENTIALS_MISSING, view.keysSecret(), credentials);
            }
            address = view.bucketAddress();
            bucket = access.bucket(address, credentials.keys().get());
            return null;
        } catch (SecretReadException e) {
            return ConnectionProblems.unreadable(
                    ProblemType.STORAGE_CREDENTIALS_UNREADABLE,
                    view.keysSecret(),
                    e.kind() == SecretReadException.Kind.FORBIDDEN);
        } catch (EndpointNotAllowedException e) {
            return RemoteProblems.of(e);
        } catch (BucketException e) {
            return RemoteProblems.of(e);
        }
    }

    /** The bucket is there and the keys are good. */
    void checkBucket() throws BucketException {
        bucket.checkReachable();
    }

    UUID uuid() {
        return VolumeUuid.of(found.remote.id(), view.uid());
    }

    /** Whether the bucket's {@code juicefs_uuid} is ours; a bucket that cannot be read proves nothing. */
    void readBucketUuid() {
        if (storageProblem() != null || !VolumeSetting.isVolumeName(found.remote.volumeName())) {
            found.mine = Known.NO;
            return;
        }
        try {
            Optional<String> there = bucket.readUuid(found.remote.volumeName());
            found.mine = there.filter(text -> text.equalsIgnoreCase(uuid().toString()))
                            .isPresent()
                    ? Known.YES
                    : Known.NO;
        } catch (BucketException e) {
            found.mine = Known.NO;
        }
    }

    /** The bucket proof of an adoption: our own keys read a {@code juicefs_uuid}, and it is the volume's where that is known. */
    void proveBucket() throws BucketException {
        if (!VolumeSetting.isVolumeName(found.remote.volumeName())) {
            found.proven = Known.NO;
            return;
        }
        Optional<String> there = bucket.readUuid(found.remote.volumeName());
        String expected = foreign == null ? null : foreign.uuid();
        boolean proven = there.isPresent() && (expected == null || there.get().equalsIgnoreCase(expected));
        found.proven = proven ? Known.YES : Known.NO;
    }

    /** Reads whose the volume is. */
    void readSetting(FormatGrant grant) {
        found.metadataProblem = null;
        try {
            Optional<VolumeSetting> there = metadata(grant).readSetting();
            foreign = there.filter(setting -> !setting.has(uuid())).orElse(null);
            found.sameVolume = foreign != null
                    && storageProblem() == null
                    && foreign.describes(found.remote.volumeName(), address);
            found.setting = there.isEmpty() ? Setting.ABSENT : foreign == null ? Setting.OURS : Setting.FOREIGN;
        } catch (MetadataException e) {
            found.metadataProblem = RemoteProblems.of(e);
            closeMetadata();
        }
    }

    private MetadataStore metadata(FormatGrant grant) throws MetadataException {
        if (metadata == null) {
            RemoteWorkspace remote = found.remote;
            if (remote.keyPrefix() == null) {
                // The empty prefix is the whole database, other workspaces' keys included.
                throw new MetadataException(
                        MetadataException.Kind.PROTOCOL, "the orchestrator does not say which keys are this volume's");
            }
            metadata = access.metadata(grant.metadataUrl().reveal(), remote.keyPrefix());
        }
        return metadata;
    }

    void probeBucket() throws BucketException {
        bucket.probe(found.remote.volumeName());
        found.probed = Known.YES;
    }

    void listPrefix() throws BucketException {
        found.prefixFree = bucket.isEmptyFor(found.remote.volumeName(), uuid()) ? Known.YES : Known.NO;
    }

    /** Root and trash first: the {@code setting} is the commit point, and a volume without a root is no volume. */
    void claim(FormatGrant grant, Instant now) throws MetadataException {
        MetadataStore store = metadata(grant);
        store.createInodes(now);
        boolean won = store.claim(VolumeSetting.of(found.remote.volumeName(), uuid(), addressOfBucket()));
        found.setting = won ? Setting.OURS : Setting.UNKNOWN;
    }

    private BucketAddress addressOfBucket() throws MetadataException {
        if (address == null) {
            try {
                address = view.bucketAddress();
            } catch (EndpointNotAllowedException e) {
                throw new MetadataException(MetadataException.Kind.PROTOCOL, e.getMessage());
            }
        }
        return address;
    }

    void writeInodes(FormatGrant grant, Instant now) throws MetadataException {
        metadata(grant).createInodes(now);
    }

    /**
     * @return whether the bucket's {@code juicefs_uuid} is ours now
     */
    boolean writeBucketUuid() throws BucketException {
        return bucket.putUuidIfAbsent(found.remote.volumeName(), uuid());
    }

    /** The grant is another one, or the workspace is: the connection is of no more use. */
    void closeMetadata() {
        if (metadata != null) {
            metadata.close();
            metadata = null;
        }
    }

    @Override
    public void close() {
        closeMetadata();
        if (bucket != null) {
            bucket.close();
        }
    }
}
