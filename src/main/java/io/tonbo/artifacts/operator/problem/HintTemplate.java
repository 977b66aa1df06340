package io.tonbo.artifacts.operator.problem;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of a hint. Each is a word in braces, such as <code>{ns}</code>; JSON in a command is not one. */
final class HintTemplate {
    /** Room for the facts below {@link Problem#MAX_HINT}. */
    static final int MAX_TEMPLATE = 760;

    /** A fact is a name or a short phrase; a longer one must not push the command out of the hint. */
    static final int MAX_FACT = 300;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

    /** What a shell takes literally. */
    private static final Pattern SHELL_WORD = Pattern.compile("[A-Za-z0-9._:/@%+=,-]+");

    private HintTemplate() {}

    static Set<String> placeholders(String template) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    static void check(String template) {
        if (template.length() > MAX_TEMPLATE) {
            throw new IllegalArgumentException("a hint of " + template.length()
                    + " characters leaves no room for its facts: at most " + MAX_TEMPLATE);
        }
        for (String name : placeholders(template)) {
            if (Fact.of(name).isEmpty()) {
                throw new IllegalArgumentException("{" + name + "} is no fact a hint may name");
            }
        }
    }

    /**
     * Values come from remote answers too: what stands inside a command (between backticks) is one shell word, quoted where
     * it has to be, and what stands outside cannot start a command.
     */
    static String render(String template, Map<String, String> facts) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            String value = value(match, facts);
            String shown = inCommand(template, match.start()) ? shellWord(value) : value.replace('`', '\'');
            return Matcher.quoteReplacement(shown);
        });
    }

    private static String value(MatchResult match, Map<String, String> facts) {
        Fact fact = Fact.of(match.group(1)).orElseThrow();
        return PlainText.bounded(fact.valueIn(facts), MAX_FACT);
    }

    private static boolean inCommand(String template, int position) {
        return template.substring(0, position).chars().filter(c -> c == '`').count() % 2 == 1;
    }

    private static String shellWord(String value) {
        if (SHELL_WORD.matcher(value).matches()) {
            return value;
        }
        return "'" + value.replace("'", "").replace("`", "") + "'";
    }
}
