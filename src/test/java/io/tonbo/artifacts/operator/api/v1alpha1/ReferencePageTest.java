package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference pages are those that the definitions make, and speak of every reason that the operator writes. */
class ReferencePageTest {
    private static final Path SOURCES = Path.of("src/main/java/io/tonbo/artifacts/operator");
    private static final String UPDATE = "artifacts.docs.update";

    @ParameterizedTest
    @EnumSource
    void thePageIsTheOneThatTheDefinitionMakes(ResourceKind kind) throws IOException {
        Path committed = Path.of("docs", kind.singular() + ".md");
        String page = ReferencePage.of(kind);
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(committed, page);
        }
        assertThat(committed)
                .exists()
                .content()
                .as("out of date; run ./mvnw -B -q test -Dtest=ReferencePageTest -D%s=true and commit the page", UPDATE)
                .isEqualTo(page);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldAndEveryRuleIsOnThePage(ResourceKind kind) {
        String page = ReferencePage.of(kind).replace("\\", "").replace("[errors.md](errors.md)", "docs/errors.md");
        SchemaField.below("spec", kind.schema().at("/properties/spec"))
                .forEach(field -> assertThat(page).contains("\n### " + field.path() + "\n", field.description()));
        SchemaField.below("status", kind.schema().at("/properties/status"))
                .forEach(field -> assertThat(page).contains("`" + field.path() + "`", field.description()));
        for (JsonNode message : kind.definition().findValues("message")) {
            assertThat(
                            message.isTextual()
                                    ? message.asText()
                                    : message.path("description").asText())
                    .satisfies(text -> assertThat(page).contains(text.replace("\\", "")));
        }
    }

    @Test
    void theReasonsOfConditionsAreThoseThatTheOperatorWrites() throws IOException {
        Set<String> written = literals("workspace/StatusDraft.java", "workspace/WorkspacePass.java");
        written.add("Suspended");
        assertThat(reasons(ReferenceWords.of(ResourceKind.WORKSPACE).conditions()))
                .isEqualTo(written);

        written = literals("mountsession/ReadyWords.java", "mountsession/ConsumerReview.java");
        written.add("Suspended");
        written.removeAll(Set.of("ConsumersOutdated", "ConsumerNotRestarted", "Review", "Restart"));
        assertThat(reasons(ReferenceWords.of(ResourceKind.MOUNT_SESSION).conditions()))
                .isEqualTo(written);
    }

    @Test
    void theReasonsOfEventsAreThoseThatTheOperatorRecords() throws IOException {
        Set<String> recorded = literals("workspace/WorkspaceFarewell.java");
        recorded.remove("Release");
        recorded.add("Active");
        assertThat(reasons(ReferenceWords.of(ResourceKind.WORKSPACE).events())).isEqualTo(recorded);

        recorded = literals("mountsession/SessionFarewell.java", "mountsession/SecretActions.java");
        recorded.removeAll(Set.of("Release", "Publish", "Restart"));
        recorded.addAll(Set.of("CredentialPublished", "ConsumersOutdated", "ConsumerNotRestarted"));
        assertThat(reasons(ReferenceWords.of(ResourceKind.MOUNT_SESSION).events()))
                .isEqualTo(recorded);
    }

    @Test
    void conditionsAndAnnotationsHaveTheNamesThatTheCodeHas() {
        assertThat(ReferenceWords.of(ResourceKind.WORKSPACE).conditions())
                .contains(
                        "`" + ConditionType.READY + "`",
                        "`" + ConditionType.RECONCILING + "`",
                        "`" + ConditionType.STALLED + "`",
                        "`" + ConditionType.FORMATTED + "`");
        assertThat(ReferenceWords.of(ResourceKind.MOUNT_SESSION).conditions())
                .contains("`" + ConditionType.RENEWED + "`", "`" + ConditionType.CONSUMERS_CURRENT + "`");
        for (ResourceKind kind : ResourceKind.values()) {
            assertThat(ReferenceWords.of(kind).annotations())
                    .contains("`" + ArtifactsApi.ABANDON + "`", "`" + ArtifactsApi.RECONCILE_REQUESTED_AT + "`");
        }
        assertThat(ReferenceWords.of(ResourceKind.MOUNT_SESSION).annotations())
                .contains("`" + ArtifactsApi.REISSUE_REQUESTED_AT + "`", "`" + ArtifactsApi.MOUNT_SESSION + "`");
    }

    /** The first column of the tables; reasons of the catalogue have a page of their own. */
    private static Set<String> reasons(String text) {
        Set<String> catalogue =
                ErrorCatalogue.load().rows().stream().map(ErrorRow::reason).collect(Collectors.toSet());
        catalogue.removeAll(Set.of("Suspended", "SecretRestored", "WorkspaceReplaced"));
        return Pattern.compile("(?m)^\\| (?:[`A-Za-z]* \\| [A-Za-z]* \\| )?`([A-Z][A-Za-z]+)` \\|")
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(reason -> !catalogue.contains(reason))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every string of these sources that has the form of a reason. */
    private static Set<String> literals(String... files) throws IOException {
        Set<String> literals = new TreeSet<>();
        for (Path file : Arrays.stream(files).map(SOURCES::resolve).toList()) {
            Pattern.compile("\"([A-Z][a-z]+(?:[A-Z][a-z]+)*)\"")
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(match -> literals.add(match.group(1)));
        }
        return literals;
    }
}
