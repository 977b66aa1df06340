package io.tonbo.artifacts.operator.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the operator logs.
 *
 * @param json whether each line is a JSON object, rather than a text
 * @param level of the operator's own classes, such as {@code DEBUG}; null: as the framework is configured
 */
public record LogSettings(boolean json, String level) {
    private static final String FORMAT = "ARTIFACTS_LOG_FORMAT";
    private static final String LEVEL = "ARTIFACTS_LOG_LEVEL";
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    /**
     * @param env the environment's variables
     * @return the settings
     * @throws IllegalArgumentException naming the variable and what it should be
     */
    static LogSettings from(Map<String, String> env) {
        return new LogSettings(json(env.get(FORMAT)), level(env.get(LEVEL)));
    }

    private static boolean json(String text) {
        if (text == null || text.isBlank()) {
            return false;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "json" -> true;
            case "text" -> false;
            default -> throw new IllegalArgumentException(FORMAT + " must be text or json, not " + text);
        };
    }

    private static String level(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String level = text.strip().toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException(
                    LEVEL + " must be one of " + String.join(", ", LEVELS) + ", not " + text);
        }
        return level;
    }

    /** Tells the framework, which reads it once, when it starts. */
    void apply() {
        System.setProperty("quarkus.log.console.json.enabled", Boolean.toString(json));
        if (level != null) {
            System.setProperty("quarkus.log.category.\"io.tonbo\".level", level);
        }
        // The object that a line is about is said in keys of ours.
        System.setProperty("JAVA_OPERATOR_SDK_USE_MDC", "false");
    }
}
