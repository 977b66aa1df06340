package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Objects;

/** One condition of a resource, in the shape of Kubernetes' own {@code metav1.Condition}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Condition {
    @JsonPropertyDescription("Ready; Reconciling and Stalled (present only while True); and further ones of the kind.")
    @Required
    @Size(max = 316)
    private String type;

    @JsonPropertyDescription("True, False or Unknown.")
    @Required
    private ConditionStatus status;

    @JsonPropertyDescription(
            "metadata.generation that this was concluded from; lower than the current one means out of date.")
    @Min(0)
    private Long observedGeneration;

    @JsonPropertyDescription("When status changed last, RFC 3339 in UTC.")
    @Required
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant lastTransitionTime;

    @JsonPropertyDescription("One word for programs, in CamelCase. docs/errors.md says what each means.")
    @Required
    @Size(min = 1, max = 1024)
    @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
    private String reason;

    @JsonPropertyDescription("What is the case and what to do about it, for humans.")
    @Required
    @Size(max = 32768)
    private String message;

    /** One of {@link ConditionType}. */
    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    /** Whether it holds. */
    public ConditionStatus getStatus() {
        return status;
    }

    public void setStatus(ConditionStatus status) {
        this.status = status;
    }

    /** The {@code metadata.generation} this was concluded from. */
    public Long getObservedGeneration() {
        return observedGeneration;
    }

    public void setObservedGeneration(Long observedGeneration) {
        this.observedGeneration = observedGeneration;
    }

    /** When {@code status} changed last, whole seconds. */
    public Instant getLastTransitionTime() {
        return lastTransitionTime;
    }

    public void setLastTransitionTime(Instant lastTransitionTime) {
        this.lastTransitionTime = Rfc3339.wholeSeconds(lastTransitionTime);
    }

    /** CamelCase word for programs, 1 to 1024 characters. */
    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** Sentence for humans, at most 32768 characters, may be empty. */
    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that
                && Objects.equals(type, that.type)
                && Objects.equals(status, that.status)
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(lastTransitionTime, that.lastTransitionTime)
                && Objects.equals(reason, that.reason)
                && Objects.equals(message, that.message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, status, observedGeneration, lastTransitionTime, reason, message);
    }

    @Override
    public String toString() {
        return "Condition{type=" + type + ", status=" + status + ", observedGeneration=" + observedGeneration
                + ", lastTransitionTime=" + lastTransitionTime + ", reason=" + reason + ", message=" + message + "}";
    }
}
