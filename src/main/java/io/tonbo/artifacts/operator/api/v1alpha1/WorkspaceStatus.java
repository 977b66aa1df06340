package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the operator knows of a workspace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                """
        !has(oldSelf.storage) || (has(self.storage) && self.storage == oldSelf.storage && \
        has(self.workspaceId) && self.workspaceId == oldSelf.workspaceId)""",
        message = "workspaceId and storage are fixed once the workspace has been active; create another Workspace")
@ValidationRule(
        value = "!has(oldSelf.workspaceId) || has(self.workspaceId)",
        message = "workspaceId is never erased",
        fieldPath = ".workspaceId")
public class WorkspaceStatus implements ResourceStatus {
    /** Largest number of characters of {@link #getLastHandledReconcileAt()}. */
    public static final int MAX_RECONCILE_AT = 128;

    /** Largest number of characters of {@link #getState()}. */
    public static final int MAX_STATE = 64;

    /** Largest number of characters of {@link #getAddress()}. */
    public static final int MAX_ADDRESS = 512;

    /** Largest number of characters of {@link #getWorkspaceId()}. */
    public static final int MAX_WORKSPACE_ID = 256;

    /** Largest number of characters of {@link #getVolumeName()}. */
    public static final int MAX_VOLUME_NAME = 253;

    /** Largest number of characters of {@link #getKeyPrefix()}. */
    public static final int MAX_KEY_PREFIX = 253;

    @JsonPropertyDescription("metadata.generation that this status speaks of; -1 until the operator has looked.")
    @Default("-1")
    private Long observedGeneration;

    @JsonPropertyDescription(
            """
            Last value of the annotation reconcile.artifacts.tonbo.io/requestedAt that was acted upon; of a \
            longer one the first 128 characters.""")
    @Size(max = MAX_RECONCILE_AT)
    private String lastHandledReconcileAt;

    @JsonPropertyDescription(
            """
            State of the remote workspace: pending_format, active, deleting, deleted, or what a newer service \
            says.""")
    @Size(max = MAX_STATE)
    private String state;

    @JsonPropertyDescription("Address of the workspace, artifacts://<handle>/<name>.")
    @Size(max = MAX_ADDRESS)
    private String address;

    @JsonPropertyDescription(
            """
            Id of the remote workspace, set once it is claimed for this object. Fixes spec.name, and whether \
            there is a connectionSecretRef. Never erased.""")
    @Size(max = MAX_WORKSPACE_ID)
    private String workspaceId;

    @JsonPropertyDescription("Name of the volume; every object in the bucket is stored under <volumeName>/.")
    @Size(max = MAX_VOLUME_NAME)
    private String volumeName;

    @JsonPropertyDescription("Prefix of the workspace's metadata keys.")
    @Size(max = MAX_KEY_PREFIX)
    private String keyPrefix;

    @JsonPropertyDescription(
            """
            The storage that was formatted, set when the workspace first is Ready and fixed from then on. \
            spec.storage may always go back to it.""")
    private FormattedStorage storage;

    @JsonPropertyDescription(
            """
            Ready (the workspace can be mounted), Formatted, and while they are True Reconciling (the operator \
            is at work or waits) and Stalled (a human must act; see lastError.hint).""")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    @JsonPropertyDescription("The failure in the way, with what to do about it; absent when there is none.")
    private LastError lastError;

    @Override
    public Long getObservedGeneration() {
        return observedGeneration;
    }

    public void setObservedGeneration(Long observedGeneration) {
        this.observedGeneration = observedGeneration;
    }

    /**
     * Value of the annotation {@link ArtifactsApi#RECONCILE_REQUESTED_AT} handled last; of a longer one its first
     * {@value #MAX_RECONCILE_AT} characters, which is what to compare.
     */
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

    @Override
    public List<Condition> getConditions() {
        return conditions;
    }

    public void setConditions(List<Condition> conditions) {
        this.conditions = conditions == null ? new ArrayList<>() : conditions;
    }

    @Override
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
