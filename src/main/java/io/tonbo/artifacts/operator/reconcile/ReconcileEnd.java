package io.tonbo.artifacts.operator.reconcile;

import io.tonbo.artifacts.operator.telemetry.Label;

/** What a reconcile came to, as metrics and traces name it. */
public enum ReconcileEnd implements Label {
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
}
