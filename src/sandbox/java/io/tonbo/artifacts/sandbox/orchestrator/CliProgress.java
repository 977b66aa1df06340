package io.tonbo.artifacts.sandbox.orchestrator;

/** How far another client got with a create. */
public enum CliProgress {
    /** Reserved, nothing written. */
    RESERVED,
    /** Stopped inside the format, in the stock client's order: trash and {@code setting}, no root. */
    WITHOUT_ROOT,
    /** Formatted, not confirmed. */
    FORMATTED,
    /** Formatted and confirmed. */
    ACTIVE
}
