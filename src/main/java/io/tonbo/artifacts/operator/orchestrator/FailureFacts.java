package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;

/** What an {@link OrchestratorException} tells; a value, so that it can be built in steps. */
record FailureFacts(
        String code,
        int httpStatus,
        String message,
        String requestId,
        Duration retryAfter,
        boolean transport,
        String sessionId) {
    /** A failure before any answer, or in the middle of it. */
    static FailureFacts withoutAnswer(String code, String message, String requestId) {
        return new FailureFacts(code, 0, message, requestId, null, true, null);
    }

    /** An answer that says no, or cannot be used. */
    static FailureFacts answered(String code, RawAnswer answer, String message) {
        return new FailureFacts(code, answer.status(), message, answer.requestId(), answer.retryAfter(), false, null);
    }

    FailureFacts incomplete() {
        return new FailureFacts(code, httpStatus, message, requestId, retryAfter, true, sessionId);
    }

    FailureFacts withSession(String id) {
        return new FailureFacts(code, httpStatus, message, requestId, retryAfter, transport, id);
    }
}
