package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;

/**
 * The first answer under an idempotency key.
 *
 * @param keptAt when it was given
 * @param requestDigest hash of the request's body
 * @param status a 2xx
 * @param body verbatim; "" for none
 */
record StoredReply(Instant keptAt, String requestDigest, int status, String body) {}
