package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;
import java.util.Set;

/**
 * A call that came to nothing: the orchestrator refused it, or no usable answer was had. Holds no credentials: the
 * server's words are cut to size, stripped of control characters, of the token and of passwords in URLs, and no cause is
 * chained, since the libraries' exceptions quote what they were given.
 */
public final class OrchestratorException extends Exception {
    /** No connection, or it broke before an answer. */
    public static final String UNREACHABLE = "orchestrator_unreachable";
    /** The deadline of the call passed. */
    public static final String TIMEOUT = "orchestrator_timeout";
    /** The server could not prove who it is, or speaks no TLS. */
    public static final String TLS_FAILURE = "tls_failure";
    /** The answer is larger than 1 MiB, or its headers are out of bounds. */
    public static final String ANSWER_TOO_LARGE = "answer_too_large";
    /** The answer is a redirection; none is followed. */
    public static final String REDIRECT_REFUSED = "redirect_refused";
    /** The answer is empty, no JSON object, or lacks what it must have. */
    public static final String ANSWER_NOT_JSON = "answer_not_json";
    /** The answer ended before it was complete. */
    public static final String ANSWER_TRUNCATED = "answer_truncated";

    /** The codes above: given by this client, never by the orchestrator. */
    public static final Set<String> CLIENT_SIDE = Set.of(
            UNREACHABLE, TIMEOUT, TLS_FAILURE, ANSWER_TOO_LARGE, REDIRECT_REFUSED, ANSWER_NOT_JSON, ANSWER_TRUNCATED);

    private final String code;
    private final int httpStatus;
    private final String requestId;
    private final Duration retryAfter;
    private final boolean transport;
    private final String sessionId;

    OrchestratorException(FailureFacts facts) {
        super(facts.message(), null, false, true);
        this.code = facts.code();
        this.httpStatus = facts.httpStatus();
        this.requestId = facts.requestId();
        this.retryAfter = facts.retryAfter();
        this.transport = facts.transport();
        this.sessionId = facts.sessionId();
    }

    /**
     * @return the server's error code (at most 128 characters), one of the constants above, or null when a refusal came
     *     without a code and its status has to speak
     */
    public String code() {
        return code;
    }

    /**
     * @return the HTTP status, 0 when there was none
     */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * @return the id the server gave the request or repeated, else the one we sent; null if no request was made
     */
    public String requestId() {
        return requestId;
    }

    /**
     * @return what {@code Retry-After} asks for, from 0 to one day; null if absent or unreadable
     */
    public Duration retryAfter() {
        return retryAfter;
    }

    /**
     * @return whether no complete answer was had, so that the request may or may not have taken effect
     */
    public boolean transport() {
        return transport;
    }

    /**
     * @return whether the orchestrator as such seems to be out: a transport failure, or 502, 503 or 504
     */
    public boolean outage() {
        return transport || httpStatus == 502 || httpStatus == 503 || httpStatus == 504;
    }

    /**
     * @return the id of a session that was opened though its answer cannot be used, so that it can be closed; else null
     */
    public String sessionId() {
        return sessionId;
    }
}
