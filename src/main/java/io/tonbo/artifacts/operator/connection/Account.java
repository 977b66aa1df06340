package io.tonbo.artifacts.operator.connection;

/**
 * What the resources that use one token share.
 *
 * @param limiter its budget
 * @param gate whether the orchestrator takes it
 */
public record Account(AccountLimiter limiter, TokenGate gate) {}
