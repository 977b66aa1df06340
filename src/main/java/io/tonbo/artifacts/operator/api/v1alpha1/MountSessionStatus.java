package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the operator knows of a mount credential; of its session the published Secret is the record, this a copy. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class MountSessionStatus implements ResourceStatus {
    /** Largest number of characters of {@link #getLastHandledReconcileAt()}. */
    public static final int MAX_RECONCILE_AT = WorkspaceStatus.MAX_RECONCILE_AT;

    /** Largest number of characters of a session's id, wherever it stands. */
    public static final int MAX_SESSION_ID = 256;

    /** Largest number of characters of {@link #getRestartedFor()}: a session's id and a count. */
    public static final int MAX_RESTARTED_FOR = MAX_SESSION_ID + 16;

    /** Largest number of characters of {@link #getSecretName()}. */
    public static final int MAX_SECRET_NAME = ObjectName.MAX;

    /** Largest number of {@link #getPreviousSessions()}. */
    public static final int MAX_PREVIOUS_SESSIONS = 8;

    @JsonPropertyDescription("metadata.generation that this status speaks of; -1 until the operator has looked.")
    @Default("-1")
    private Long observedGeneration;

    @JsonPropertyDescription(
            """
            Last value of the annotation reconcile.artifacts.tonbo.io/requestedAt that was acted upon; of a \
            longer one the first 128 characters.""")
    @Size(max = MAX_RECONCILE_AT)
    private String lastHandledReconcileAt;

    @JsonPropertyDescription("Id of the session whose credential the Secret holds. It is no secret.")
    @Size(max = MAX_SESSION_ID)
    private String sessionId;

    @JsonPropertyDescription("When the published session was opened, RFC 3339 in UTC.")
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant issuedAt;

    @JsonPropertyDescription("When the published credential stops working, as the service granted it, RFC 3339 in UTC.")
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant expiresAt;

    @JsonPropertyDescription(
            "When the published credential is to be renewed: at about two thirds of its life, RFC 3339 in UTC.")
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant renewAt;

    @JsonPropertyDescription("Name of the published Secret, in this namespace.")
    @Size(max = MAX_SECRET_NAME)
    private String secretName;

    @JsonPropertyDescription(
            """
            What the rolloutRestartTargets were restarted for last: the id of a session, followed by +1, +2 and so on \
            after each change of the bucket's keys within it.""")
    @Size(max = MAX_RESTARTED_FOR)
    private String restartedFor;

    @JsonPropertyDescription(
            """
            Sessions that were replaced and still work, so that mounts made with them live on; each goes from \
            this list when it expires. All are revoked when this object is deleted.""")
    @Size(max = MAX_PREVIOUS_SESSIONS)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<PreviousSession> previousSessions = new ArrayList<>();

    @JsonPropertyDescription(
            """
            Ready (the Secret holds a credential that works), Renewed (its last renewal succeeded), \
            ConsumersCurrent (no Pod mounts with an older one), and while they are True Reconciling (the \
            operator is at work or waits) and Stalled (a human must act; see lastError.hint).""")
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

    /** Id of the published session, at most {@value #MAX_SESSION_ID} characters; null before the first. */
    public String getSessionId() {
        return sessionId;
    }

    public void setSessionId(String sessionId) {
        this.sessionId = sessionId;
    }

    /** When the published session was opened, whole seconds; null before the first. */
    public Instant getIssuedAt() {
        return issuedAt;
    }

    public void setIssuedAt(Instant issuedAt) {
        this.issuedAt = Rfc3339.wholeSeconds(issuedAt);
    }

    /** When the published credential stops working, whole seconds; null before the first. */
    public Instant getExpiresAt() {
        return expiresAt;
    }

    public void setExpiresAt(Instant expiresAt) {
        this.expiresAt = Rfc3339.wholeSeconds(expiresAt);
    }

    /** When the published credential is to be renewed, whole seconds; null before the first. */
    public Instant getRenewAt() {
        return renewAt;
    }

    public void setRenewAt(Instant renewAt) {
        this.renewAt = Rfc3339.wholeSeconds(renewAt);
    }

    /** Name of the published Secret, at most {@value #MAX_SECRET_NAME} characters; null before the first. */
    public String getSecretName() {
        return secretName;
    }

    public void setSecretName(String secretName) {
        this.secretName = secretName;
    }

    /**
     * Id of the session that consumers were restarted for last, with a count of the changes of its bucket's keys if there were
     * any; at most {@value #MAX_RESTARTED_FOR} characters, may be null.
     */
    public String getRestartedFor() {
        return restartedFor;
    }

    public void setRestartedFor(String restartedFor) {
        this.restartedFor = restartedFor;
    }

    /** Replaced sessions that still work, at most {@value #MAX_PREVIOUS_SESSIONS}, one per id; never null. */
    public List<PreviousSession> getPreviousSessions() {
        return previousSessions;
    }

    public void setPreviousSessions(List<PreviousSession> previousSessions) {
        this.previousSessions = previousSessions == null ? new ArrayList<>() : previousSessions;
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
        return other instanceof MountSessionStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(lastHandledReconcileAt, that.lastHandledReconcileAt)
                && Objects.equals(sessionId, that.sessionId)
                && Objects.equals(issuedAt, that.issuedAt)
                && Objects.equals(expiresAt, that.expiresAt)
                && Objects.equals(renewAt, that.renewAt)
                && Objects.equals(secretName, that.secretName)
                && Objects.equals(restartedFor, that.restartedFor)
                && Objects.equals(previousSessions, that.previousSessions)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(lastError, that.lastError);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                observedGeneration,
                lastHandledReconcileAt,
                sessionId,
                issuedAt,
                expiresAt,
                renewAt,
                secretName,
                restartedFor,
                previousSessions,
                conditions,
                lastError);
    }

    @Override
    public String toString() {
        return "MountSessionStatus{observedGeneration=" + observedGeneration + ", lastHandledReconcileAt="
                + lastHandledReconcileAt + ", sessionId=" + sessionId + ", issuedAt=" + issuedAt + ", expiresAt="
                + expiresAt + ", renewAt=" + renewAt + ", secretName=" + secretName + ", restartedFor=" + restartedFor
                + ", previousSessions=" + previousSessions + ", conditions=" + conditions + ", lastError=" + lastError
                + "}";
    }
}
