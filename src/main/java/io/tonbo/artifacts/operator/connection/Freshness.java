package io.tonbo.artifacts.operator.connection;

/** How old a reading of a Secret may be for whoever asks. */
public enum Freshness {
    /** Somebody waits for this Secret to change: 30 s. */
    BLOCKED,
    /** It does its job: 5 min. */
    SETTLED
}
