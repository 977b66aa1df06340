package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Objects;

/** The failure in the way; absent when the operation last succeeded. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class LastError {
    @JsonPropertyDescription("Code given by the orchestrator, the bucket or the client; docs/errors.md lists them.")
    @Required
    @Size(max = 128)
    private String code;

    @JsonPropertyDescription("HTTP status of the answer; absent when there was no answer.")
    private Integer httpStatus;

    @JsonPropertyDescription("Reason that the condition carries, in CamelCase.")
    @Required
    @Size(max = 128)
    private String reason;

    @JsonPropertyDescription("Warning: the operator is dealing with it. Error: look at hint.")
    @Required
    @Size(max = 16)
    private String severity;

    @JsonPropertyDescription("What happened.")
    @Required
    @Size(max = 1024)
    private String message;

    @JsonPropertyDescription("What to do about it.")
    @Required
    @Size(max = 1024)
    private String hint;

    @JsonPropertyDescription(
            """
            Request id of the first failure since the operation last succeeded; name it to Tonbo's support. \
            Absent when there was no answer.""")
    @Size(max = 128)
    private String requestId;

    @JsonPropertyDescription("When the operation first failed since it last succeeded, RFC 3339 in UTC.")
    @Required
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant firstSeen;

    /** The code the orchestrator, the bucket or the client gave, at most 128 characters. */
    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    /** HTTP status of the answer, null when there was none. */
    public Integer getHttpStatus() {
        return httpStatus;
    }

    public void setHttpStatus(Integer httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The reason that the condition carries, at most 128 characters. */
    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** {@code Warning} or {@code Error}; a string, so that more can be added. */
    public String getSeverity() {
        return severity;
    }

    public void setSeverity(String severity) {
        this.severity = severity;
    }

    /** What happened, at most 1024 characters. */
    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }

    /** What to do about it, at most 1024 characters. */
    public String getHint() {
        return hint;
    }

    public void setHint(String hint) {
        this.hint = hint;
    }

    /** Request id of the first failure since the operation last succeeded, null when there was none; at most 128 characters. */
    public String getRequestId() {
        return requestId;
    }

    public void setRequestId(String requestId) {
        this.requestId = requestId;
    }

    /** Time of the first failure since the operation last succeeded, whole seconds. */
    public Instant getFirstSeen() {
        return firstSeen;
    }

    public void setFirstSeen(Instant firstSeen) {
        this.firstSeen = Rfc3339.wholeSeconds(firstSeen);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LastError that
                && Objects.equals(code, that.code)
                && Objects.equals(httpStatus, that.httpStatus)
                && Objects.equals(reason, that.reason)
                && Objects.equals(severity, that.severity)
                && Objects.equals(message, that.message)
                && Objects.equals(hint, that.hint)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(firstSeen, that.firstSeen);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, httpStatus, reason, severity, message, hint, requestId, firstSeen);
    }

    @Override
    public String toString() {
        return "LastError{code=" + code + ", httpStatus=" + httpStatus + ", reason=" + reason + ", severity=" + severity
                + ", message=" + message + ", hint=" + hint + ", requestId=" + requestId + ", firstSeen=" + firstSeen
                + "}";
    }
}
