package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table as a whole: complete, consistent, and refused where it is not. */
class CatalogueTest {
    private static final String SOUND_ROW =
            """
            type: UNKNOWN_CODE
            source: ORCHESTRATOR
            reason: Sound
            severity: WARNING
            standing: RECONCILING
            retry: {first: 5s, factor: 2, cap: 10s}
            unblockedBy: time
            meaning: It is an example.
            operatorDoes: Nothing.
            hint: Look at {ns}.
            """;

    private final ErrorCatalogue catalogue = ErrorCatalogue.load();

    @Test
    void everyTypeHasExactlyOneRow() {
        assertThat(catalogue.rows()).extracting(ErrorRow::type).containsExactlyInAnyOrder(ProblemType.values());
        for (ProblemType type : ProblemType.values()) {
            assertThat(catalogue.row(type).type()).isEqualTo(type);
        }
    }

    @Test
    void everySourceSeverityAndStandingIsUsed() {
        assertThat(catalogue.rows()).extracting(ErrorRow::source).contains(Source.values());
        assertThat(catalogue.rows()).extracting(ErrorRow::severity).contains(Severity.values());
        assertThat(catalogue.rows()).extracting(ErrorRow::standing).contains(Standing.values());
    }

    @Test
    void everyFactIsNamedBySomeHintOrStandsInForOneThatIs() {
        Set<String> used = new HashSet<>();
        for (ErrorRow row : catalogue.rows()) {
            used.addAll(HintTemplate.placeholders(row.hint() + row.sharedConnectionHint()));
        }
        for (Fact fact : Fact.values()) {
            fact.substitute().ifPresent(substitute -> used.add(substitute.placeholder()));
        }
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Fact.values()).map(Fact::placeholder).toList());
    }

    @Test
    void aReasonStaysInOneSectionOfThePage() {
        Map<String, List<ErrorRow>> byReason =
                catalogue.rows().stream().collect(Collectors.groupingBy(ErrorRow::reference));
        byReason.forEach((anchor, rows) -> assertThat(rows)
                .extracting(ErrorRow::reason)
                .as(anchor)
                .containsOnly(rows.get(0).reason()));
    }

    @ParameterizedTest(name = "{0} after {1} s is {2}")
    @CsvSource({
        "CONNECTION_SECRET_MISSING,           0, RECONCILING",
        "CONNECTION_SECRET_MISSING,         119, RECONCILING",
        "CONNECTION_SECRET_MISSING,         120, STALLED",
        "STORAGE_CREDENTIALS_MISSING,       119, RECONCILING",
        "STORAGE_CREDENTIALS_MISSING,       120, STALLED",
        "SESSION_STORAGE_CREDENTIALS_MISSING, 121, STALLED",
        "BUCKET_ACCESS_DENIED,               60, RECONCILING",
        "BUCKET_ACCESS_DENIED,              120, STALLED",
        "BUCKET_INVALID_ACCESS_KEY,          60, RECONCILING",
        "BUCKET_INVALID_ACCESS_KEY,         120, STALLED",
        "BUCKET_NOT_FOUND,                    0, STALLED",
        "BUCKET_SIGNATURE_MISMATCH,           0, STALLED",
        "UNAUTHORIZED,                        0, RECONCILING",
        "UNAUTHORIZED,                       10, STALLED",
        "TOKEN_EXPIRED,                       0, STALLED",
        "MALFORMED_TOKEN,                     0, STALLED",
        "WORKSPACE_NAME_STILL_DELETED,      599, RECONCILING",
        "WORKSPACE_NAME_STILL_DELETED,      600, STALLED",
        "WORKSPACE_ABSENT,                  120, STALLED",
        "ORCHESTRATOR_UNREACHABLE,      9999999, RECONCILING",
        "SUSPENDED,                     9999999, NEITHER"
    })
    void whatIsOftenLateIsReconcilingBeforeItIsStalled(ProblemType type, long since, Standing expected) {
        assertThat(catalogue.row(type).standingAt(Duration.ofSeconds(since))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, failure {1} after {2} s, is {3}")
    @CsvSource({
        "WORKSPACE_NOT_COMPLETABLE,        99,  599, WARNING",
        "WORKSPACE_NOT_COMPLETABLE,         1,  600, ERROR",
        "SETTING_KEY_MISSING,               3, 9999, WARNING",
        "SETTING_KEY_MISSING,               4,    0, ERROR",
        "METADATA_ACL_PROVISIONING_FAILED, 99,   59, WARNING",
        "METADATA_ACL_PROVISIONING_FAILED,  1,   60, ERROR",
        "INTERNAL_ERROR,                    1, 9999, WARNING",
        "INTERNAL_ERROR,                    2,    0, ERROR",
        "FORMAT_GRANT_MISSING,             99, 1799, WARNING",
        "FORMAT_GRANT_MISSING,              1, 1800, ERROR",
        "FORBIDDEN,                         1,    0, ERROR",
        "RATE_LIMITED,                  99999, 99999, WARNING"
    })
    void aWarningThatLastsBecomesAnError(ProblemType type, int attempt, long since, Severity expected) {
        assertThat(catalogue.row(type).severityAt(attempt, Duration.ofSeconds(since)))
                .isEqualTo(expected);
    }

    @Test
    void aTableThatLacksARowIsRefused() {
        List<ErrorRow> rows = new ArrayList<>(catalogue.rows());
        rows.removeIf(row -> row.type() == ProblemType.IN_USE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorCatalogue(rows))
                .withMessageContaining("no row for [IN_USE]");
    }

    @Test
    void aTableWithTwoRowsForOneTypeIsRefused() {
        List<ErrorRow> rows = new ArrayList<>(catalogue.rows());
        rows.add(catalogue.row(ProblemType.IN_USE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorCatalogue(rows))
                .withMessageContaining("two rows for IN_USE");
    }

    @Test
    void twoRowsMayNotClaimOneCodeOrOneStatus() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index("{codes: [a]}", "{codes: [a], byStatus: {otherwise: true}}"))
                .withMessageContaining("code a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index(
                        "{byStatus: {whenCodeUnknown: [500-599]}}",
                        "{byStatus: {whenCodeUnknown: [\"503\"], otherwise: true}}"))
                .withMessageContaining("status 503");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index("{codes: [a]}"))
                .withMessageContaining("exactly one row");
    }

    @Test
    void theSoundRowOfTheseTestsIsAccepted() throws IOException {
        assertThat(read("{}")).hasSize(1).extracting(ErrorRow::reason).containsExactly("Sound");
    }

    @ParameterizedTest(name = "refused: {0}")
    @ValueSource(
            strings = {
                "{hint: 'ask {nobody}'}",
                "{hint: ' '}",
                "{meaning: 'about {ns}'}",
                "{reason: not_camel_case}",
                "{severity: FATAL}",
                "{standing: GRACE}",
                "{grace: 5s}",
                "{escalation: {after: 5s}, severity: ERROR}",
                "{escalation: {}}",
                "{escalation: {fromAttempt: 1}}",
                "{retry: {first: 5, factor: 2, cap: 10s}}",
                "{retry: {first: 5s, cap: 10s}}",
                "{byStatus: {always: [many]}}",
                "{byStatus: {always: [9-1]}}",
                "{colour: red}"
            })
    void aRowThatCannotBeRightIsRefused(String change) {
        assertThatThrownBy(() -> read(change)).isInstanceOf(IOException.class);
    }

    @Test
    void aHintTooLongForItsFactsIsRefused() {
        assertThatThrownBy(() -> read("{hint: '" + "x".repeat(HintTemplate.MAX_TEMPLATE + 1) + "'}"))
                .hasMessageContaining("leaves no room");
    }

    private static CodeIndex index(String... changes) throws IOException {
        List<ErrorRow> rows = new ArrayList<>();
        for (String change : changes) {
            rows.addAll(read(change));
        }
        return new CodeIndex(Source.CodeSpace.ORCHESTRATOR, rows);
    }

    /** A sound row, with one change. */
    private static List<ErrorRow> read(String change) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode row = (ObjectNode) yaml.readTree(SOUND_ROW);
        row.setAll((ObjectNode) yaml.readTree(change));
        return CatalogueReader.read(new ByteArrayInputStream(
                yaml.writeValueAsBytes(yaml.createArrayNode().add(row))));
    }
}
