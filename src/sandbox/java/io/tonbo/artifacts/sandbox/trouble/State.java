package io.tonbo.artifacts.sandbox.trouble;

/** How far a trouble is, as far as the desk is concerned; what the operator makes of it stands in the object's status. */
public enum State {
    /** Nothing of it is there. */
    IDLE,
    /** It was asked for, and is there or about to be. */
    PROVOKED,
    /** Its cause was ended, or is about to be; its objects are still there. */
    MENDED,
    /** All that belongs to it is being deleted. */
    CLEARING
}
