package io.tonbo.artifacts.operator.orchestrator;

import io.tonbo.artifacts.operator.telemetry.Label;

/** What can be asked of the orchestrator, as metrics and traces name it. */
public enum ApiOperation implements Label {
    /** {@code POST /workspaces}: a new one, or a fresh grant for one that is there. */
    RESERVE_WORKSPACE,
    /** {@code GET /workspaces}, one page. */
    LIST_WORKSPACES,
    /** {@code GET /workspaces/{handle}/{name}}. */
    GET_WORKSPACE,
    /** {@code POST …/format-completed}. */
    CONFIRM_FORMAT,
    /** {@code DELETE /workspaces/{handle}/{name}}. */
    DELETE_WORKSPACE,
    /** {@code POST …/mount-sessions}. */
    OPEN_SESSION,
    /** {@code DELETE /mount-sessions/{id}}. */
    CLOSE_SESSION;
}
