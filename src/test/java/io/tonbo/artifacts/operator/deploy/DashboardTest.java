package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.deploy.Dashboard.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard can be imported anywhere, and shows what is documented. That its expressions are valid is tested by AlertRulesIT. */
class DashboardTest {
    private static final int COLUMNS = 24;

    private final Dashboard dashboard = Dashboard.read();

    @Test
    void itBelongsToNoGrafanaInParticular() {
        JsonNode content = dashboard.content();
        assertThat(content.path("uid").asText()).isEqualTo("artifacts-operator");
        assertThat(content.has("id")).isFalse();
        assertThat(content.has("__inputs")).isFalse();
        assertThat(content.path("schemaVersion").asInt()).isBetween(36, 41);
        assertThat(content.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(content.at("/templating/list/0/query").asText()).isEqualTo("prometheus");
        assertThat(content.at("/templating/list"))
                .allSatisfy(variable -> assertThat(variable.path("current")).isEmpty());
    }

    @Test
    void everyDataSourceIsTheOneThatIsChosen() {
        List<JsonNode> sources = new ArrayList<>(dashboard.content().findValues("datasource"));
        sources.removeIf(source -> source.path("uid").asText().equals("-- Grafana --"));

        assertThat(sources).hasSizeGreaterThan(50).allSatisfy(source -> {
            assertThat(source.path("type").asText()).isEqualTo("prometheus");
            assertThat(source.path("uid").asText()).isEqualTo("${datasource}");
        });
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.content().has("datasource")).isTrue();
            assertThat(panel.targets()).isNotEmpty().allMatch(target -> target.has("datasource"));
        });
    }

    @Test
    void everyPanelIsExplainedAndHasAUnit() {
        assertThat(dashboard.panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.content().path("description").asText())
                    .as(panel.title())
                    .hasSizeGreaterThan(10);
            assertThat(panel.content().at("/fieldConfig/defaults/unit").asText())
                    .as(panel.title())
                    .isNotBlank();
        });
        assertThat(dashboard.panels()).extracting(Panel::title).doesNotHaveDuplicates();
    }

    @Test
    void durationsAreInSecondsAndSharesArePercentages() {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            String unit = panel.content().at("/fieldConfig/defaults/unit").asText();
            assertThat(panel.expressions()).as(panel.title()).allSatisfy(expression -> {
                String text = expression.text();
                if (text.contains("expiry_seconds") || text.contains("histogram_quantile")) {
                    assertThat(unit).isEqualTo("s");
                } else if (text.contains("_ratio") || text.contains("_usage")) {
                    assertThat(unit).isEqualTo("percentunit");
                } else if (text.contains("_bytes")) {
                    assertThat(unit).isEqualTo("bytes");
                } else if (text.contains("_total") || text.contains("seconds_count")) {
                    assertThat(unit).isIn("ops", "reqps");
                }
            });
        });
    }

    @Test
    void idsAreUniqueAndNoPanelCoversAnother() {
        List<Integer> ids = new ArrayList<>();
        boolean[][] taken = new boolean[1000][COLUMNS];
        for (JsonNode panel : dashboard.content().path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            assertThat(right).as(panel.path("title").asText()).isLessThanOrEqualTo(COLUMNS);
            for (int y = place.path("y").asInt();
                    y < place.path("y").asInt() + place.path("h").asInt();
                    y++) {
                for (int x = place.path("x").asInt(); x < right; x++) {
                    assertThat(taken[y][x])
                            .as("%s at %d, %d", panel.path("title"), x, y)
                            .isFalse();
                    taken[y][x] = true;
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
        assertThat(dashboard.panels()).allSatisfy(panel -> assertThat(panel.targets())
                .extracting(target -> target.path("refId").asText())
                .doesNotHaveDuplicates());
    }

    @Test
    void everyExpressionAsksForDocumentedMetricsOfOneRelease() {
        MetricTable metrics = MetricTable.read();
        for (Panel panel : dashboard.panels()) {
            assertThat(panel.expressions()).allSatisfy(expression -> {
                metrics.assertKnows(expression);
                assertThat(expression.selectors()).isNotEmpty().allSatisfy(selector -> {
                    assertThat(selector.has("namespace", "$namespace"))
                            .as(expression.text())
                            .isTrue();
                    assertThat(selector.has("job", "$job"))
                            .as(expression.text())
                            .isTrue();
                });
            });
        }
    }

    @Test
    void everyMetricOfTheOperatorIsShown() {
        MetricTable metrics = MetricTable.read();
        Set<String> shown = new TreeSet<>();
        dashboard.panels().stream()
                .flatMap(panel -> panel.expressions().stream())
                .flatMap(expression -> expression.selectors().stream())
                .forEach(selector -> shown.add(metrics.row(selector.metric())));

        assertThat(shown).containsAll(metrics.metrics());
    }

    @Test
    void whatALegendNamesIsALabelOfTheResult() {
        for (Panel panel : dashboard.panels()) {
            for (JsonNode target : panel.targets()) {
                PromQl expression = new PromQl(target.path("expr").asText());
                Pattern.compile("\\{\\{(\\w+)}}")
                        .matcher(target.path("legendFormat").asText())
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> expression.text().contains(" by "))
                        .forEach(label -> assertThat(expression.groupings())
                                .as(panel.title())
                                .contains(label));
            }
        }
    }
}
