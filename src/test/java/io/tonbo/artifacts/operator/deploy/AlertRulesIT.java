package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus says to our rules, and to what the dashboard and the runbooks ask it. */
class AlertRulesIT {
    private static final Path TESTS = Path.of("src/test/resources/monitoring/alerts-test.yaml");
    private static final Pattern QUERIES = Pattern.compile("(?s)```promql shown\n(.*?)```");

    @TempDir
    private Path directory;

    @Test
    void theRulesAreRules() throws Exception {
        assertThat(Promtool.run("check", "rules", "--lint=all", "--lint-fatal", AlertRules.FILE.toString()))
                .contains(AlertRules.read().expressions().size() + " rules found");
    }

    @Test
    void everyAlertFiresWhenItShouldAndNotElse() throws Exception {
        assertThat(Promtool.run("test", "rules", TESTS.toString())).contains("SUCCESS");
    }

    @Test
    void anAlertThatFiresTooEarlyIsFound() throws IOException {
        Path root = ProjectRoot.find();
        Files.writeString(
                directory.resolve("alerts.yaml"),
                Files.readString(root.resolve(AlertRules.FILE)).replace("for: 10m", "for: 1m"));
        Path tests = Files.writeString(
                directory.resolve("alerts-test.yaml"),
                Files.readString(root.resolve(TESTS)).replaceAll("- \\S+/alerts\\.yaml", "- alerts.yaml"));

        assertThatThrownBy(() -> Promtool.run("test", "rules", tests.toString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("FAILED", "ArtifactsOperatorDown");
    }

    @Test
    void everyExpressionOfTheDashboardIsOne() throws Exception {
        List<String> expressions = Dashboard.read().panels().stream()
                .flatMap(panel -> panel.expressions().stream())
                .map(PromQl::text)
                .toList();

        assertAreExpressions(expressions);
    }

    @Test
    void everyExpressionOfTheRunbooksIsOneAndAsksForDocumentedMetrics() throws Exception {
        MetricTable metrics = MetricTable.read();
        List<String> expressions = QUERIES.matcher(
                        Files.readString(ProjectRoot.find().resolve("docs/runbooks.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();

        assertThat(expressions)
                .hasSizeGreaterThan(5)
                .allSatisfy(expression -> metrics.assertKnows(new PromQl(expression)));
        assertAreExpressions(expressions);
    }

    /** To promtool a rule is the only place of an expression. */
    private void assertAreExpressions(List<String> expressions) throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        IntStream.range(0, expressions.size())
                .forEach(i -> rules.add(Map.of(
                        "record", "expression:" + i, "expr", expressions.get(i).replace("$__rate_interval", "5m"))));
        Path file = directory.resolve("expressions.yaml");
        new YAMLMapper().writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "all", "rules", rules))));

        assertThat(Promtool.run("check", "rules", file.toString())).contains(expressions.size() + " rules found");
    }
}
