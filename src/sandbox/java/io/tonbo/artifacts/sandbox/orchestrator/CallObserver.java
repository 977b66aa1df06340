package io.tonbo.artifacts.sandbox.orchestrator;

/**
 * Told of each call as it goes. Called on a worker thread, which waits: a test may stop the operator in here, at exactly
 * that point.
 */
@FunctionalInterface
public interface CallObserver {
    /** Where in a call. */
    enum Phase {
        /** Read and understood; nothing is done yet. The status is 0. */
        BEFORE_EFFECT,
        /** Done; the caller knows nothing yet. */
        AFTER_EFFECT_BEFORE_REPLY,
        /** The answer was written, or the connection ended in its place. */
        AFTER_REPLY
    }

    /**
     * @param operation what was asked
     * @param workspaceName the workspace it is about, or null for a list and for what was not understood
     * @param statusCode the answer's status, also when it is lost on the way; 0 when there is none
     * @param phase where in the call
     */
    void on(Operation operation, String workspaceName, int statusCode, Phase phase);
}
