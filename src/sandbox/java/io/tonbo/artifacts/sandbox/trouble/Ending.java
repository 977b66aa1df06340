package io.tonbo.artifacts.sandbox.trouble;

/** What becomes of a trouble's object once the trouble is over. */
public enum Ending {
    /** It is Ready. */
    READY,
    /** It is gone: what was wrong kept it from being deleted. */
    GONE
}
