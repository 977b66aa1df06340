package io.tonbo.artifacts.sandbox;

/** Something was asked for that there is not; the message is one line that says what there is. */
final class UnusableSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableSettingException(String message) {
        super(message, null, false, false);
    }
}
