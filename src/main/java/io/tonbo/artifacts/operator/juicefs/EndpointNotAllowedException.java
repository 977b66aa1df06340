package io.tonbo.artifacts.operator.juicefs;

/**
 * A bucket endpoint that the operator refuses to connect to. Its message names the endpoint's host and the rule, never an
 * address that the host resolved to: that would answer questions about the inside of the network.
 */
public final class EndpointNotAllowedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was refused and why, fit for a user's eyes
     */
    public EndpointNotAllowedException(String message) {
        super(message);
    }
}
