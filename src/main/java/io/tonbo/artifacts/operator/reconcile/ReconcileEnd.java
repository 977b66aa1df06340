package io.tonbo.artifacts.operator.reconcile;

import java.util.Locale;

/** What a reconcile came to, as metrics and traces name it. */
public enum ReconcileEnd {
    /** The object is what its spec asks for. */
    DONE,
    /** Something is under way. */
    PROGRESSING,
    /** It was not time yet, or nothing is to be done. */
    WAITING,
    /** Something is wrong, and the status says what. */
    FAILED,
    /** The API server refused or did not answer. */
    API_SERVER,
    /** A fault of our own. */
    FAULT,
    /** The object was let go. */
    RELEASED;

    /**
     * @return its name as a label
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
