package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.orchestrator.BearerToken;

/**
 * A token fit for use, and where it came from.
 *
 * @param token the token
 * @param source where it came from
 */
public record Connection(BearerToken token, TokenSource source) {}
