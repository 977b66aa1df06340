/**
 * Tokens: where they come from, what a token looks like, and what an account may spend: limiter, gate, breaker. No
 * business rules of workspaces or sessions live here.
 */
package io.tonbo.artifacts.operator.connection;
