package io.tonbo.artifacts.operator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prometheus' rules for the operator.
 *
 * @param alerts the alerts, in the file's order
 * @param expressions of all rules
 */
record AlertRules(List<Alert> alerts, List<PromQl> expressions) {
    /** Seen from the project's directory. */
    static final Path FILE = Chart.DIRECTORY.resolve("files/monitoring/alerts.yaml");

    /**
     * An alert.
     *
     * @param name its name
     * @param expression when it fires
     * @param rule all of it
     */
    record Alert(String name, PromQl expression, JsonNode rule) {
        String annotation(String key) {
            return rule.path("annotations").path(key).asText();
        }

        String severity() {
            return rule.path("labels").path("severity").asText();
        }

        /** The heading of its runbook is its name. */
        String anchor() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    AlertRules {
        alerts = List.copyOf(alerts);
        expressions = List.copyOf(expressions);
    }

    static AlertRules read() {
        try {
            return of(new YAMLMapper()
                    .readTree(Files.readString(ProjectRoot.find().resolve(FILE))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param groups what has a list {@code groups} of rules: a file of Prometheus', or the spec of a PrometheusRule
     * @return the rules
     */
    static AlertRules of(JsonNode groups) {
        List<JsonNode> rules = new ArrayList<>();
        groups.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return new AlertRules(
                rules.stream()
                        .filter(rule -> rule.has("alert"))
                        .map(rule -> new Alert(
                                rule.path("alert").asText(),
                                new PromQl(rule.path("expr").asText()),
                                rule))
                        .toList(),
                rules.stream()
                        .map(rule -> new PromQl(rule.path("expr").asText()))
                        .toList());
    }

    List<String> names() {
        return alerts.stream().map(Alert::name).toList();
    }

    Alert the(String name) {
        return alerts.stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alert " + name + " in " + names()));
    }
}
