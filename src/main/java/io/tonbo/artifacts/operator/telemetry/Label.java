package io.tonbo.artifacts.operator.telemetry;

import java.util.Locale;

/** A constant of an enum that is a label's value, or a word of a trace. */
public interface Label {
    /**
     * @return the constant's name
     */
    String name();

    /**
     * @return its name as metrics and traces say it
     */
    default String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
