package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the reference page of a kind from its committed definition, and {@link ReferenceWords} for what no schema says. */
final class ReferencePage {
    private final ResourceKind kind;
    private final ReferenceWords words;
    private final JsonNode schema;
    private final StringBuilder page = new StringBuilder();

    private ReferencePage(ResourceKind kind) {
        this.kind = kind;
        this.words = ReferenceWords.of(kind);
        this.schema = kind.schema();
    }

    /** The whole page. */
    static String of(ResourceKind kind) {
        return new ReferencePage(kind).make();
    }

    private String make() {
        introduction();
        spec();
        status();
        page.append("\n## Conditions\n\n").append(words.conditions());
        page.append("\n## Events\n\n").append(words.events());
        page.append("\n## Annotations that you may set\n\n").append(words.annotations());
        columns();
        return page.toString();
    }

    private void introduction() {
        JsonNode names = kind.definition().at("/spec/names");
        JsonNode version = kind.definition().at("/spec/versions/0/name");
        page.append("# ").append(names.path("kind").asText()).append('\n');
        page.append(
                """

                <!-- Made from %s and ReferenceWords. Do not edit; after a change there run
                     ./mvnw -B -q test -Dtest=ReferencePageTest -Dartifacts.docs.update=true -->

                %s

                | | |
                |---|---|
                | apiVersion | `%s/%s` |
                | kind | `%s`, in a namespace |
                | kubectl | `%s`, `%s`, short `%s`; `kubectl get artifacts` lists both kinds |

                """
                        .formatted(
                                kind.definitionFile().toString().replace('\\', '/'),
                                schema.path("description").asText(),
                                kind.definition().at("/spec/group").asText(),
                                version.asText(),
                                names.path("kind").asText(),
                                kind.plural(),
                                kind.singular(),
                                kind.shortName()));
        page.append(words.example());
    }

    private void spec() {
        JsonNode spec = schema.at("/properties/spec");
        List<SchemaField> fields = SchemaField.below("spec", spec);
        Map<String, List<String>> rules = new LinkedHashMap<>(SchemaField.rules("", schema));
        SchemaField.rules("spec", spec)
                .forEach((path, messages) ->
                        rules.computeIfAbsent(path, key -> new ArrayList<>()).addAll(messages));
        page.append("\n## Spec\n\n| Field | Type | |\n|---|---|---|\n");
        for (SchemaField field : fields) {
            page.append("| [").append(field.path()).append("](#").append(anchor(field.path()));
            page.append(") | ").append(field.type()).append(" | ").append(field.presence());
            page.append(" |\n");
        }
        for (SchemaField field : fields) {
            section(field, rules.getOrDefault(field.path(), List.of()));
        }
    }

    private void section(SchemaField field, List<String> rulesFromAbove) {
        page.append("\n### ").append(field.path()).append("\n\n");
        page.append(field.type()).append(", ").append(field.presence());
        if (!field.bounds().isEmpty()) {
            page.append("; ").append(field.bounds());
        }
        page.append("\n\n").append(markdown(field.description())).append('\n');
        List<String> rules = new ArrayList<>(field.ownRules());
        rules.addAll(rulesFromAbove);
        if (!rules.isEmpty()) {
            page.append("\nRules, as the API server tells them:\n\n");
            rules.forEach(
                    message -> page.append("- “").append(markdown(message)).append("”\n"));
        }
    }

    private void status() {
        JsonNode status = schema.at("/properties/status");
        page.append("\n## Status\n\n").append(status.path("description").asText());
        page.append("\n\n| Field | Type | Meaning |\n|---|---|---|\n");
        for (SchemaField field : SchemaField.below("status", status)) {
            page.append("| `").append(field.path()).append("` | ").append(field.type());
            page.append(" | ").append(markdown(field.description()).replace("|", "\\|"));
            page.append(" |\n");
        }
        List<String> rules = new ArrayList<>();
        SchemaField.rules("status", status).values().forEach(rules::addAll);
        if (!rules.isEmpty()) {
            page.append("\nThe API server holds the operator to this:\n\n");
            rules.forEach(
                    message -> page.append("- “").append(markdown(message)).append("”\n"));
        }
    }

    private void columns() {
        page.append("\n## Columns of kubectl get\n\n| Column | Shows | |\n|---|---|---|\n");
        kind.definition().at("/spec/versions/0/additionalPrinterColumns").forEach(column -> page.append("| ")
                .append(column.path("name").asText())
                .append(" | `")
                .append(column.path("jsonPath").asText())
                .append("` | ")
                .append(column.path("priority").asInt() > 0 ? "with `-o wide`" : "")
                .append(" |\n"));
        List<String> selectable = new ArrayList<>();
        kind.definition()
                .at("/spec/versions/0/selectableFields")
                .forEach(field ->
                        selectable.add("`" + field.path("jsonPath").asText().substring(1) + "`"));
        page.append("\n`--field-selector` takes ").append(String.join(" and ", selectable));
        page.append(", besides name and namespace.\n");
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** A description's plain text, so that nothing in it is taken for markup; the page of errors is a link. */
    private static String markdown(String text) {
        return text.replace("\\", "\\\\")
                .replace("<", "\\<")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("docs/errors.md", "[errors.md](errors.md)");
    }
}
