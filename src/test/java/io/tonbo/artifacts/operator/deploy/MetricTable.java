package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The operator's metrics, their labels and the labels' values, as docs/operations.md tells them to its readers. */
final class MetricTable {
    private static final Pattern METRIC =
            Pattern.compile("(?m)^\\| `(artifacts_[a-z_]+)` \\| (counter|gauge|timer) \\| ([^|]*)\\|");
    private static final Pattern VALUES = Pattern.compile("(?m)^\\| `([a-z]+)` \\| (`artifacts_[^|]*)\\| ([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PART_OF_TIMER = Pattern.compile("_(?:count|sum|bucket|max)$");
    /** Of Java and of the process, which every Quarkus application has. */
    static final Set<String> COMMON = Set.of(
            "process_start_time_seconds",
            "process_cpu_usage",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum",
            "jvm_threads_live_threads");
    /** What Prometheus adds of the target, and what it has of its own. */
    private static final Set<String> OF_TARGET = Set.of("namespace", "job", "pod", "instance", "le", "area");

    private final Map<String, Set<String>> labels = new LinkedHashMap<>();
    private final Set<String> timers = new TreeSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final String reasons;

    private MetricTable(String page, String reasons) {
        this.reasons = reasons;
        METRIC.matcher(page).results().forEach(row -> {
            labels.put(row.group(1), Set.copyOf(code(row.group(3))));
            if (row.group(2).equals("timer")) {
                timers.add(row.group(1));
            }
        });
        VALUES.matcher(page).results().forEach(row -> code(row.group(2))
                .forEach(metric -> values.put(metric + " " + row.group(1), row.group(3))));
    }

    static MetricTable read() {
        return new MetricTable(text("docs/operations.md"), text("docs/errors.md"));
    }

    private static String text(String page) {
        try {
            return Files.readString(ProjectRoot.find().resolve(Path.of(page)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** The operator's own metrics. */
    Set<String> metrics() {
        return labels.keySet();
    }

    /** The name that the table has for what an expression asks for: a timer is several metrics. */
    String row(String metric) {
        String timer = PART_OF_TIMER.matcher(metric).replaceFirst("");
        return timers.contains(timer) ? timer : metric;
    }

    /**
     * @throws AssertionError if the expression asks for what nobody promises
     */
    void assertKnows(PromQl expression) {
        assertThat(expression.bare())
                .as("selected without labels in %s", expression.text())
                .isEmpty();
        Set<String> known = new TreeSet<>(OF_TARGET);
        for (PromQl.Selector selector : expression.selectors()) {
            if (COMMON.contains(selector.metric())) {
                continue;
            }
            String metric = row(selector.metric());
            assertThat(labels).as("of %s", expression.text()).containsKey(metric);
            known.addAll(labels.get(metric));
            selector.conditions().stream()
                    .filter(condition -> !OF_TARGET.contains(condition.label()))
                    .forEach(condition -> assertKnows(metric, condition));
        }
        assertThat(known).as("labels of %s", expression.text()).containsAll(expression.groupings());
    }

    private void assertKnows(String metric, PromQl.Condition condition) {
        assertThat(labels.get(metric)).as(metric).contains(condition.label());
        String told = values.getOrDefault(metric + " " + condition.label(), "");
        assertThat(condition.values()).allSatisfy(value -> assertThat(isTold(value, told))
                .as("%s{%s=\"%s\"} is documented: %s", metric, condition.label(), value, told)
                .isTrue());
    }

    private boolean isTold(String value, String told) {
        return told.contains("`" + value + "`")
                || (told.contains("errors.md") && reasons.contains("\n### " + value + "\n"));
    }
}
