package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a Workspace says to its MountSessions: by its status, since the reconcile of the Workspace is somebody else's.
 *
 * @param object the Workspace as the cache has it; null when there is none of that name
 */
record ServedWorkspace(Workspace object) {
    private static final String SCHEME = "artifacts://";
    private static final String ACTIVE = "active";

    /** States in which the orchestrator has ended every session of a workspace. */
    static final Set<String> OVER = Set.of("deleting", "deleted");

    /** What the Workspace's Ready says once its remote workspace is gone, or is another one. */
    private static final Set<String> VOID_REASONS = Set.of("WorkspaceGone", "WorkspaceReplaced", "WorkspaceDeleting");

    /** What it says when another Workspace object holds the same remote workspace: whose keys would be published? */
    private static final String HELD_BY_ANOTHER = "WorkspaceExists";

    boolean exists() {
        return object != null;
    }

    /** What it is good for. */
    WorkspaceUse use() {
        if (object == null) {
            return WorkspaceUse.ABSENT;
        }
        WorkspaceStatus status = status();
        boolean wasActive = status.getWorkspaceId() != null && status.getStorage() != null;
        if (!wasActive) {
            return WorkspaceUse.NOT_ACTIVE;
        }
        String reason = whyNotReady();
        if (VOID_REASONS.contains(reason) || OVER.contains(state())) {
            return WorkspaceUse.VOID;
        }
        boolean pending = "pending_format".equals(state());
        return pending || HELD_BY_ANOTHER.equals(reason) ? WorkspaceUse.NOT_ACTIVE : WorkspaceUse.ACTIVE;
    }

    /** The reason of its Ready while that is False, else empty. */
    private String whyNotReady() {
        return status().getConditions().stream()
                .filter(condition -> ConditionType.READY.equals(condition.getType()))
                .filter(condition -> condition.getStatus() == ConditionStatus.FALSE)
                .map(Condition::getReason)
                .findFirst()
                .orElse("");
    }

    boolean terminating() {
        return object != null && object.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether it was being deleted already at that time, so that whoever came then was never served. */
    boolean terminatingBefore(Instant time) {
        return terminating()
                && Instant.parse(object.getMetadata().getDeletionTimestamp()).isBefore(time);
    }

    private WorkspaceStatus status() {
        return object == null || object.getStatus() == null ? new WorkspaceStatus() : object.getStatus();
    }

    /** State of the remote workspace as last seen, such as {@code active}. */
    String state() {
        return status().getState() == null ? ACTIVE : status().getState();
    }

    /** Id of the remote workspace; null before it is recorded. */
    String id() {
        return status().getWorkspaceId();
    }

    /** {@code artifacts://handle/name}; null before it is recorded. */
    String address() {
        return status().getAddress();
    }

    /** The account's handle; empty while no address is recorded. */
    String handle() {
        String address = address();
        boolean whole = address != null
                && address.startsWith(SCHEME)
                && address.indexOf('/', SCHEME.length()) > SCHEME.length();
        return whole ? address.substring(SCHEME.length(), address.indexOf('/', SCHEME.length())) : "";
    }

    /** Name of the remote workspace. */
    String remoteName() {
        return object.workspaceName();
    }

    String uid() {
        return object.getMetadata().getUid();
    }

    String volumeName() {
        return status().getVolumeName();
    }

    /** Prefix of its keys in the metadata Redis; never null. */
    String keyPrefix() {
        return status().getKeyPrefix() == null ? "" : status().getKeyPrefix();
    }

    /** What was formatted, rather than what the spec says by now; null before it was active. */
    FormattedStorage storage() {
        return status().getStorage();
    }

    BucketAddress bucketAddress() throws EndpointNotAllowedException {
        FormattedStorage storage = storage();
        return BucketAddress.parse(storage.getEndpoint(), storage.getRegion(), storage.getBucket());
    }

    /** The Secret with the token, or null for the operator's shared connection. */
    String connectionSecret() {
        return object.getSpec().getConnectionSecretRef() == null
                ? null
                : object.getSpec().getConnectionSecretRef().getName();
    }

    String keysSecret() {
        return object.getSpec().getStorage().getCredentialsSecretRef().getName();
    }

    /** Which version of the object this is; empty when there is none. */
    String version() {
        return object == null ? "" : object.getMetadata().getResourceVersion();
    }

    /** All of it that a session rests on, for telling whether that changed. */
    String essence() {
        return object == null
                ? "absent"
                : List.of(
                                use(),
                                terminating(),
                                String.valueOf(id()),
                                String.valueOf(volumeName()),
                                keyPrefix(),
                                String.valueOf(storage()),
                                String.valueOf(connectionSecret()),
                                keysSecret())
                        .toString();
    }
}
