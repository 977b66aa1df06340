package io.tonbo.artifacts.sandbox.orchestrator;

/** The states of a workspace, in the order it goes through them. */
public enum WorkspaceState {
    /** Reserved; the client is to format it. */
    PENDING_FORMAT("pending_format"),
    /** Formatted and in use. */
    ACTIVE("active"),
    /** Asked to go: no session is left, its metadata is being cleaned. */
    DELETING("deleting"),
    /** Gone; at most a tombstone is shown. */
    DELETED("deleted");

    private final String wire;

    WorkspaceState(String wire) {
        this.wire = wire;
    }

    /**
     * @return the word on the wire
     */
    public String wire() {
        return wire;
    }
}
