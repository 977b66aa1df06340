package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a request asks for: one constant for each endpoint. */
public enum Operation {
    /** {@code POST /workspaces}. */
    @JsonProperty("reserve")
    RESERVE(true),
    /** {@code GET /workspaces}. */
    @JsonProperty("list")
    LIST(false),
    /** {@code GET /workspaces/{handle}/{name}}. */
    @JsonProperty("get")
    GET(false),
    /** {@code POST /workspaces/{handle}/{name}/format-completed}. */
    @JsonProperty("confirm")
    CONFIRM(true),
    /** {@code DELETE /workspaces/{handle}/{name}}. */
    @JsonProperty("delete")
    DELETE(true),
    /** {@code POST /workspaces/{handle}/{name}/mount-sessions}. */
    @JsonProperty("openSession")
    OPEN_SESSION(true),
    /** {@code DELETE /mount-sessions/{id}}. */
    @JsonProperty("closeSession")
    CLOSE_SESSION(true),
    /** In a fault rule: every operation. In the call log: a request that is none of the above. */
    @JsonProperty("any")
    ANY(false);

    private final boolean mutating;

    Operation(boolean mutating) {
        this.mutating = mutating;
    }

    /**
     * @return whether the operation changes something, and so honours an {@code Idempotency-Key}
     */
    boolean mutating() {
        return mutating;
    }
}
