package io.tonbo.artifacts.operator.orchestrator;

import java.util.Objects;

/**
 * A value that must not be printed: a metadata URL with its password. Only {@link #reveal()} gives it away;
 * {@link #toString()} does not, so that a record which holds one can be logged.
 */
public final class Sensitive {
    private final String value;

    private Sensitive(String value) {
        this.value = value;
    }

    /**
     * @param value the text to hide, not null
     * @return the hidden text
     */
    public static Sensitive of(String value) {
        return new Sensitive(Objects.requireNonNull(value, "value"));
    }

    /**
     * @return the text itself, for the one place that uses it; never for a log, an event, a status or an exception
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sensitive that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
