package io.tonbo.artifacts.operator.orchestrator;

/** The states of a workspace that the service documents, and one for all that it does not. */
public enum WorkspaceState {
    /** Reserved; no volume has been confirmed yet. */
    PENDING_FORMAT,
    /** In use. */
    ACTIVE,
    /** Being taken down. */
    DELETING,
    /** Gone; may still be shown. */
    DELETED,
    /** Absent or of a newer server: nothing may be formatted, confirmed or deleted on its strength. */
    UNKNOWN;

    /**
     * @param status the text on the wire, may be null
     * @return the state, never null
     */
    public static WorkspaceState of(String status) {
        if (status == null) {
            return UNKNOWN;
        }
        return switch (status) {
            case "pending_format" -> PENDING_FORMAT;
            case "active" -> ACTIVE;
            case "deleting" -> DELETING;
            case "deleted" -> DELETED;
            default -> UNKNOWN;
        };
    }
}
