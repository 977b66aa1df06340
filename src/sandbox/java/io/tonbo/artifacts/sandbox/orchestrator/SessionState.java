package io.tonbo.artifacts.sandbox.orchestrator;

/** Whether a mount session has ended, and how. */
public enum SessionState {
    /** It has not. */
    LIVE,
    /** By {@code DELETE /mount-sessions/{id}}. */
    REVOKED,
    /** Its time came. */
    RAN_OUT,
    /** Its workspace was deleted. */
    WORKSPACE_DELETED,
    /** The server ended it before its time: {@link SandboxAdmin#endSession}. */
    ENDED_EARLY
}
