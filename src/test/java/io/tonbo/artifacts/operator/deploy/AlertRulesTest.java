package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.deploy.AlertRules.Alert;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is woken by an alert finds out what it means and what to do; what it is made of is documented. Whether it fires is tested by AlertRulesIT. */
class AlertRulesTest {
    private static final Path ROOT = ProjectRoot.find();
    private static final Pattern SECTION = Pattern.compile("(?m)^## (Artifacts\\w+)$");
    private static final Pattern PART = Pattern.compile("(?m)^\\*\\*(\\w[^*]*)\\.\\*\\*");
    private static final Pattern RUNBOOK = Pattern.compile("docs/runbooks\\.md#(\\w+)");

    private final AlertRules rules = AlertRules.read();
    private final String runbooks = text("docs/runbooks.md");

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() {
        assertThat(SECTION.matcher(runbooks).results().map(section -> section.group(1)))
                .containsExactlyElementsOf(rules.names());
        assertThat(rules.alerts()).hasSizeGreaterThan(20).allSatisfy(alert -> assertThat(
                        alert.annotation("runbook_url"))
                .matches(RUNBOOK)
                .endsWith("#" + alert.anchor()));
    }

    @Test
    void everyRunbookSaysWhatItMeansWhereToLookHowToMendAndWhenToIgnoreIt() {
        for (String section : runbooks.split("(?m)^## ", -1)) {
            if (section.startsWith("Artifacts")) {
                assertThat(PART.matcher(section).results().map(part -> part.group(1)))
                        .as(section.lines().findFirst().orElseThrow())
                        .containsExactly("Means", "Look", "Mend", "Ignore");
            }
        }
    }

    @Test
    void everyAlertTellsAPersonWhatIsWrong() {
        assertThat(rules.alerts()).allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning", "info");
            assertThat(alert.annotation("summary")).hasSizeBetween(20, 80).doesNotContain("{{");
            assertThat(alert.annotation("description")).hasSizeGreaterThan(80).endsWith(".");
            assertThat(alert.rule().path("for").asText()).isNotEmpty();
        });
        assertThat(rules.names()).doesNotHaveDuplicates().allMatch(name -> name.startsWith("Artifacts"));
    }

    @Test
    void whatTheDescriptionSpeaksOfIsALabelOfTheAlert() {
        Pattern label = Pattern.compile("\\$labels\\.(\\w+)");
        for (Alert alert : rules.alerts()) {
            Set<String> known = alert.expression().groupings();
            assertThat(label.matcher(alert.annotation("description")).results().map(found -> found.group(1)))
                    .as(alert.name())
                    .allMatch(name ->
                            known.contains(name) || List.of("namespace", "job").contains(name));
        }
    }

    @Test
    void everyExpressionAsksForDocumentedMetricsOfOneRelease() {
        MetricTable metrics = MetricTable.read();
        assertThat(rules.expressions()).allSatisfy(expression -> {
            metrics.assertKnows(expression);
            assertThat(expression.selectors()).isNotEmpty().allSatisfy(selector -> {
                assertThat(selector.has("namespace", Chart.NAMESPACE))
                        .as(expression.text())
                        .isTrue();
                assertThat(selector.has("job", Chart.RELEASE))
                        .as(expression.text())
                        .isTrue();
            });
        });
    }

    @Test
    void everyAlertKeepsWhichReleaseItIsAbout() {
        assertThat(rules.alerts())
                .filteredOn(alert -> !alert.expression().text().startsWith("absent("))
                .allSatisfy(alert -> assertThat(alert.expression().text())
                        .as(alert.name())
                        .containsPattern("by \\(namespace, job[,)]"));
    }

    @Test
    void theValuesCanChangeEveryAlertAndNoOther() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(text(Chart.DIRECTORY + "/values.schema.json"));
        List<String> names = new ArrayList<>();
        schema.at("/properties/prometheusRule/properties/alerts/propertyNames/enum")
                .forEach(name -> names.add(name.asText()));

        assertThat(names).containsExactlyElementsOf(rules.names());
    }

    @Test
    void everyAlertIsSeenToFire() {
        String tests = text("src/test/resources/monitoring/alerts-test.yaml");
        assertThat(Pattern.compile("ALERTS\\{alertname=\"(\\w+)\"")
                        .matcher(tests)
                        .results()
                        .map((MatchResult alert) -> alert.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(rules.names());
    }
}
