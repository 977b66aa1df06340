package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the operator knows of a workspace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class WorkspaceStatus {
    private Long observedGeneration;

    private String lastHandledReconcileAt;

    private String state;

    private String address;

    private String workspaceId;

    private String volumeName;

    private String keyPrefix;

    private FormattedStorage storage;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    private LastError lastError;

    /** The generation handled last; -1 from the API server until the first one, null in memory before that. */
    public Long getObservedGeneration() {
        return observedGeneration;
    }

    public void setObservedGeneration(Long observedGeneration) {
        this.observedGeneration = observedGeneration;
    }

    /** Value of the annotation {@link ArtifactsApi#RECONCILE_REQUESTED_AT} handled last, at most 128 characters. */
    public String getLastHandledReconcileAt() {
        return lastHandledReconcileAt;
    }

    public void setLastHandledReconcileAt(String lastHandledReconcileAt) {
        this.lastHandledReconcileAt = lastHandledReconcileAt;
    }

    /** State as the orchestrator names it, at most 64 characters; not an enum, a newer server may say something new. */
    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    /** {@code artifacts://handle/name}, at most 512 characters. */
    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    /** Id of the remote workspace, recorded once it is claimed for this resource and never erased; at most 256 characters. */
    public String getWorkspaceId() {
        return workspaceId;
    }

    public void setWorkspaceId(String workspaceId) {
        this.workspaceId = workspaceId;
    }

    /** Name of the volume: the first part of every object key in the bucket; at most 253 characters. */
    public String getVolumeName() {
        return volumeName;
    }

    public void setVolumeName(String volumeName) {
        this.volumeName = volumeName;
    }

    /** Prefix of the workspace's metadata keys, at most 253 characters. */
    public String getKeyPrefix() {
        return keyPrefix;
    }

    public void setKeyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    /** What was formatted; null until the first Ready. */
    public FormattedStorage getStorage() {
        return storage;
    }

    public void setStorage(FormattedStorage storage) {
        this.storage = storage;
    }

    /** One per type, never null. */
    public List<Condition> getConditions() {
        return conditions;
    }

    public void setConditions(List<Condition> conditions) {
        this.conditions = conditions == null ? new ArrayList<>() : conditions;
    }

    /** The failure in the way, null when there is none. */
    public LastError getLastError() {
        return lastError;
    }

    public void setLastError(LastError lastError) {
        this.lastError = lastError;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkspaceStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(lastHandledReconcileAt, that.lastHandledReconcileAt)
                && Objects.equals(state, that.state)
                && Objects.equals(address, that.address)
                && Objects.equals(workspaceId, that.workspaceId)
                && Objects.equals(volumeName, that.volumeName)
                && Objects.equals(keyPrefix, that.keyPrefix)
                && Objects.equals(storage, that.storage)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(lastError, that.lastError);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                observedGeneration,
                lastHandledReconcileAt,
                state,
                address,
                workspaceId,
                volumeName,
                keyPrefix,
                storage,
                conditions,
                lastError);
    }

    @Override
    public String toString() {
        return "WorkspaceStatus{observedGeneration=" + observedGeneration + ", lastHandledReconcileAt="
                + lastHandledReconcileAt + ", state=" + state + ", address=" + address + ", workspaceId=" + workspaceId
                + ", volumeName=" + volumeName + ", keyPrefix=" + keyPrefix + ", storage=" + storage + ", conditions="
                + conditions + ", lastError=" + lastError + "}";
    }
}
