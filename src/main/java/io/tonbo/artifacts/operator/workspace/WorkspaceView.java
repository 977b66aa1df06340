package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.orchestrator.RemoteStorage;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What one Workspace object says, in the words of the decision table.
 *
 * @param object the object as last read
 */
record WorkspaceView(Workspace object) {
    private static final String SCHEME = "artifacts://";

    String namespace() {
        return object.getMetadata().getNamespace();
    }

    String objectName() {
        return object.getMetadata().getName();
    }

    String uid() {
        return object.getMetadata().getUid();
    }

    /** The name that the remote workspace has or is to have. */
    String name() {
        return object.workspaceName();
    }

    long generation() {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    Instant created() {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    boolean deleting() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    boolean abandoned() {
        return "true".equals(annotation(ArtifactsApi.ABANDON));
    }

    String requestedAt() {
        return annotation(ArtifactsApi.RECONCILE_REQUESTED_AT);
    }

    /** What status is to say of the request to look again; null when there never was one. */
    String requestedAtAsHandled() {
        return StatusDraft.cut(requestedAt(), WorkspaceStatus.MAX_RECONCILE_AT);
    }

    /** Somebody asks for a look, and has had none yet. */
    boolean lookRequested() {
        return requestedAt() != null && !requestedAtAsHandled().equals(status().getLastHandledReconcileAt());
    }

    private String annotation(String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    boolean suspended() {
        return object.getSpec().suspended();
    }

    boolean retain() {
        return object.getSpec().getDeletionPolicy() == DeletionPolicy.RETAIN;
    }

    boolean adopt() {
        return object.getSpec().getAdoptionPolicy() == AdoptionPolicy.ADOPT;
    }

    /** The Secret with the token, or null for the operator's shared connection. */
    String connectionSecret() {
        return object.getSpec().getConnectionSecretRef() == null
                ? null
                : object.getSpec().getConnectionSecretRef().getName();
    }

    StorageSpec storage() {
        return object.getSpec().getStorage();
    }

    /**
     * @return where the spec's bucket is
     * @throws EndpointNotAllowedException if endpoint, region or bucket are not of a form that can be used
     */
    BucketAddress bucketAddress() throws EndpointNotAllowedException {
        return BucketAddress.parse(
                storage().getEndpoint(), storage().getRegion(), storage().getBucket());
    }

    String keysSecret() {
        return storage().getCredentialsSecretRef().getName();
    }

    WorkspaceStatus status() {
        return object.getStatus() == null ? new WorkspaceStatus() : object.getStatus();
    }

    String recordedId() {
        return status().getWorkspaceId();
    }

    /** How far its record got; one that was taken back is none. */
    Recorded recorded() {
        if (recordedId() == null) {
            return Recorded.NONE;
        }
        if (status().getStorage() != null) {
            return Recorded.ACTIVE;
        }
        return takenBack() ? Recorded.NONE : Recorded.PENDING;
    }

    /** An id is never erased; that it does not count any more is told by the condition that goes with it. */
    private boolean takenBack() {
        return status().getConditions().stream()
                .anyMatch(condition -> ConditionType.FORMATTED.equals(condition.getType())
                        && condition.getStatus() == ConditionStatus.FALSE);
    }

    /** A row of the shared list repeats what is recorded; a shortened one, or one that differs, is worth a closer look. */
    boolean isRecordOf(RemoteWorkspace row) {
        return recorded() == Recorded.ACTIVE
                && row.id().equals(recordedId())
                && Objects.equals(row.volumeName(), status().getVolumeName())
                && Objects.equals(row.keyPrefix(), status().getKeyPrefix())
                && differences(row).isEmpty();
    }

    /** The account's handle as recorded, or null. */
    String recordedHandle() {
        String address = status().getAddress();
        if (address == null || !address.startsWith(SCHEME) || address.indexOf('/', SCHEME.length()) < 0) {
            return null;
        }
        return address.substring(SCHEME.length(), address.indexOf('/', SCHEME.length()));
    }

    static String address(RemoteWorkspace remote) {
        return SCHEME + remote.address();
    }

    RemoteStorage wantedStorage() {
        StorageSpec storage = storage();
        return new RemoteStorage(storage.getBucket(), storage.getEndpoint(), storage.getRegion(), storage.getPrefix());
    }

    /**
     * @param remote a workspace
     * @return which of bucket, endpoint, region, prefix and cacheProfile differ from the spec; empty when none does
     */
    String differences(RemoteWorkspace remote) {
        RemoteStorage there = remote.storage();
        if (there == null) {
            return "storage";
        }
        RemoteStorage wanted = wantedStorage();
        StringJoiner differing = new StringJoiner(", ");
        if (!wanted.bucket().equals(there.bucket())) {
            differing.add("bucket");
        }
        if (!endpoint(wanted.endpoint()).equals(endpoint(there.endpoint()))) {
            differing.add("endpoint");
        }
        if (!region(wanted.region()).equals(region(there.region()))) {
            differing.add("region");
        }
        if (!prefix(wanted.prefix()).equals(prefix(there.prefix()))) {
            differing.add("prefix");
        }
        // A choice of the reservation, and no fact of a volume; a server that does not tell is not held against.
        boolean told = remote.cacheProfile() != null && !remote.cacheProfile().isBlank();
        if (told
                && recorded() != Recorded.ACTIVE
                && !remote.cacheProfile().equals(object.getSpec().getCacheProfile())) {
            differing.add("cacheProfile");
        }
        return differing.toString();
    }

    private static String endpoint(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        String bare = without(lower, "/");
        return bare.startsWith("https:") ? without(bare, ":443") : without(bare, ":80");
    }

    private static String without(String text, String ending) {
        return text.endsWith(ending) ? text.substring(0, text.length() - ending.length()) : text;
    }

    /** "Not given" and {@code auto} are the same wish. */
    private static String region(String region) {
        return region.isEmpty() ? "auto" : region;
    }

    private static String prefix(String prefix) {
        return without(prefix, "/");
    }
}
