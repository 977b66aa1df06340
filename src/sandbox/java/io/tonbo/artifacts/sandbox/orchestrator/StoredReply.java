package io.tonbo.artifacts.sandbox.orchestrator;

/**
 * The first answer under an idempotency key.
 *
 * @param requestDigest hash of the request's body
 * @param status a 2xx
 * @param body verbatim; "" for none
 */
record StoredReply(String requestDigest, int status, String body) {}
