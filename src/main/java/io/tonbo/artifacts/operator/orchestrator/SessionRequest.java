package io.tonbo.artifacts.operator.orchestrator;

/**
 * A mount session to open.
 *
 * @param mode what it may do
 * @param ttlSeconds how long it is wished to last, at least 60; the server decides
 * @param expectedId id of the workspace it is meant for, or null; a server that knows the parameter refuses another one
 *     with 409 {@code workspace_replaced}, others ignore it
 */
public record SessionRequest(SessionMode mode, long ttlSeconds, String expectedId) {}
