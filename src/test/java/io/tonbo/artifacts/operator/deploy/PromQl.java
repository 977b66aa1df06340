package io.tonbo.artifacts.operator.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an expression of Prometheus' language asks for. It reads the few forms that our rules and panels have; whether an
 * expression is one at all is for promtool to say.
 *
 * @param text the expression
 */
record PromQl(String text) {
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");
    /** What could be a metric that is selected without any label. */
    private static final Pattern BARE =
            Pattern.compile("\\b(artifacts[_:][a-z0-9_:]++|jvm_[a-z_]++|process_[a-z_]++|up)\\b(?!\\s*\\{)");

    /**
     * A metric, and the labels it is selected by.
     *
     * @param metric its name
     * @param conditions on its labels
     */
    record Selector(String metric, List<Condition> conditions) {
        boolean has(String label, String value) {
            return conditions.contains(new Condition(label, "=", value));
        }
    }

    /**
     * A condition on a label.
     *
     * @param label its name
     * @param operator such as {@code =~}
     * @param value as written
     */
    record Condition(String label, String operator, String value) {
        /** The values that it names. */
        List<String> values() {
            return List.of(value.split("\\|"));
        }
    }

    List<Selector> selectors() {
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            List<Condition> conditions = MATCHER.matcher(selector.group(2))
                    .results()
                    .map(found -> new Condition(found.group(1), found.group(2), found.group(3)))
                    .toList();
            selectors.add(new Selector(selector.group(1), conditions));
        }
        return selectors;
    }

    /** Metrics that are selected wherever they come from. */
    List<String> bare() {
        return BARE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Labels by which results are put together. */
    Set<String> groupings() {
        Set<String> labels = new TreeSet<>();
        GROUPING.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        return labels;
    }
}
