package io.tonbo.artifacts.operator.connection;

import java.time.Instant;

/**
 * What the resources that use one token share.
 *
 * @param limiter its budget
 * @param gate whether the orchestrator takes it
 * @param expiry when the token expires by its own account, null when it does not say
 */
public record Account(AccountLimiter limiter, TokenGate gate, Instant expiry) {}
