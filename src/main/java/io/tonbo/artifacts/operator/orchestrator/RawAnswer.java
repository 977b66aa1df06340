package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;

/** An answer that was read to its end, not yet understood. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record RawAnswer(int status, String contentType, String location, String requestId, Duration retryAfter, byte[] body) {}
