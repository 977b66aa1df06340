package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.Objects;

/** The failure in the way; absent when the operation last succeeded. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class LastError {
    private String code;

    private Integer httpStatus;

    private String reason;

    private String severity;

    private String message;

    private String hint;

    private String requestId;

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
