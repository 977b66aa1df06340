package io.tonbo.artifacts.operator.problem;

/** How loudly a problem is reported: {@code lastError.severity}, and the type of the event. */
public enum Severity {
    /** Expected to pass without anybody's help. */
    WARNING("Warning"),
    /** Somebody should look. */
    ERROR("Error");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    /**
     * @return the word that is written to status
     */
    public String text() {
        return text;
    }
}
