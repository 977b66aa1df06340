package io.tonbo.artifacts.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.orchestrator.ApiOperation;
import io.tonbo.artifacts.operator.orchestrator.CallOutcome;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.reconcile.ObjectStanding;
import io.tonbo.artifacts.operator.reconcile.ReconcileEnd;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operations page lists every meter that there is, each label, and each of its values. */
class MetricsPageTest {
    private static final String SECTION = "## Metrics";

    private static List<List<String>> metrics() throws IOException {
        return OperationsPage.rows(SECTION)
                .filter(row -> row.get(0).startsWith("`artifacts_"))
                .toList();
    }

    /** The values of a label of a meter, without what is said of them in between. */
    private static Set<String> values(String label, OperatorMeter meter) throws IOException {
        return OperationsPage.quoted(row(label, meter).get(2)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> row(String label, OperatorMeter meter) throws IOException {
        return OperationsPage.rows(SECTION)
                .filter(cells -> cells.get(0).equals("`" + label + "`")
                        && cells.get(1).contains("`" + meter.prometheusName() + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + label + " of " + meter));
    }

    private static Set<String> labels(Stream<String> names) {
        return names.map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Enum<?>[] values) {
        return labels(Stream.of(values).map(Enum::name));
    }

    @Test
    void everyMeterIsOnThePageAndNothingElse() throws IOException {
        assertThat(metrics())
                .extracting(row -> row.get(0) + " " + row.get(1) + " "
                        + OperationsPage.quoted(row.get(2)).toList())
                .containsExactlyInAnyOrderElementsOf(Stream.of(OperatorMeter.values())
                        .map(meter -> "`" + meter.prometheusName() + "` "
                                + meter.type().name().toLowerCase(Locale.ROOT) + " " + meter.labels())
                        .toList());
    }

    @Test
    void everyLabelOfAMeterHasARow() throws IOException {
        for (OperatorMeter meter : OperatorMeter.values()) {
            for (String label : meter.labels()) {
                assertThat(row(label, meter).get(2)).as(meter + " " + label).isNotEmpty();
            }
        }
    }

    @Test
    void theValuesOfEachLabelAreThoseOfTheCode() throws IOException {
        assertThat(values("operation", OperatorMeter.ORCHESTRATOR_REQUESTS)).isEqualTo(names(ApiOperation.values()));
        assertThat(values("outcome", OperatorMeter.ORCHESTRATOR_REQUESTS))
                .isEqualTo(names(CallOutcome.Result.values()));
        assertThat(values("why", OperatorMeter.ORCHESTRATOR_DEFERRED)).isEqualTo(names(NotNow.Why.values()));
        assertThat(values("outcome", OperatorMeter.RECONCILE)).isEqualTo(names(ReconcileEnd.values()));
        assertThat(values("state", OperatorMeter.OBJECTS)).isEqualTo(names(ObjectStanding.State.values()));
        assertThat(values("reason", OperatorMeter.SESSIONS_OPENED)).isEqualTo(names(IssueReason.values()));
    }

    @Test
    void aReasonIsOneOfTheCatalogueOrOnThePage() throws IOException {
        Set<String> known = new TreeSet<>(values("reason", OperatorMeter.OBJECTS));
        ErrorCatalogue.load().rows().stream().map(ErrorRow::reason).forEach(known::add);

        assertThat(known).isEqualTo(new TreeSet<>(ObjectStanding.reasons()));
    }

    @Test
    void aCodeIsOnThePageOfErrorsOrOnThisOne() throws IOException {
        Set<String> others = values("code", OperatorMeter.ORCHESTRATOR_REQUESTS);
        String errors = Files.readString(ProjectRoot.find().resolve("docs/errors.md"));

        assertThat(others).containsExactly("none", "other");
        assertThat(CallOutcome.codes())
                .containsAll(others)
                .filteredOn(code -> !others.contains(code))
                .allSatisfy(code -> assertThat(errors).contains("`" + code + "`"));
    }

    /** A meter that got its name elsewhere would be on no page. */
    @Test
    void metersGetTheirNamesInOnePlaceOnly() throws IOException {
        Path sources = ProjectRoot.find().resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("OperatorMeter.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContain("\"artifacts_", ".counter(\"", "Gauge.builder", "Timer.builder"));
        }
    }
}
