package io.tonbo.artifacts.operator.orchestrator;

/** What a mount session may do. */
public enum SessionMode {
    READ_WRITE("rw"),
    READ_ONLY("ro");

    private final String wire;

    SessionMode(String wire) {
        this.wire = wire;
    }

    /**
     * @return the mode as the service spells it
     */
    public String wire() {
        return wire;
    }
}
