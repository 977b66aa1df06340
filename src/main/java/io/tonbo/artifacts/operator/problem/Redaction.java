package io.tonbo.artifacts.operator.problem;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The last line of defence against a server that echoes what it was sent: takes out whatever has the shape of a token or
 * of user information in a URL. Not a licence to pass credentials in: bucket secrets have no shape to be known by.
 */
final class Redaction {
    private record Rule(Pattern shape, String replacement) {}

    // A Secret may be called my-bearer, and an option follow its name in a command.
    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("://[^\\s\"'<>]*@"), "://[redacted]@"),
            new Rule(Pattern.compile("(?i)(?<![\\w.-])(bearer)\\s+(?!--)[A-Za-z0-9._~+/=-]{6,}"), "$1 [redacted]"),
            new Rule(Pattern.compile("\\beyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*){0,2}"), "[redacted]"),
            new Rule(Pattern.compile("\\b(art|tbo)_[A-Za-z0-9_-]{4,}"), "$1_[redacted]"));

    private Redaction() {}

    /**
     * @param text one line, not null
     * @return the line without what looks like a credential
     */
    static String of(String text) {
        String clean = text;
        for (Rule rule : RULES) {
            clean = rule.shape().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }
}
