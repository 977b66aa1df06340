package io.tonbo.artifacts.sandbox.kube;

/** The programs of a control plane can be had in no way; the message says what was tried and what to do. */
public final class BinariesUnavailableException extends IllegalStateException {
    BinariesUnavailableException(String message) {
        super(message);
    }
}
