package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The chart's README has the table that values.yaml and its schema make; the rest of it is written by hand. */
class ChartReadmeTest {
    private static final String UPDATE = "artifacts.docs.update";
    private static final String COMMAND = "./mvnw -B -q test -Dtest=ChartReadmeTest -D" + UPDATE + "=true";
    private static final String BEGIN =
            "<!-- Generated from values.yaml. Do not edit this table: " + COMMAND + " -->\n";
    private static final String END = "<!-- end of what is generated -->\n";

    private final Path directory = ProjectRoot.find().resolve(Chart.DIRECTORY);
    private final String text = read("values.yaml");
    private final JsonNode values = ChartValue.tree(text);
    private final JsonNode schema = ChartValue.tree(read("values.schema.json"));

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTableIsTheOneThatTheValuesMake() throws IOException {
        String before = read("README.md");
        assertThat(before).contains(BEGIN, END);
        String after = before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
                + table()
                + before.substring(before.indexOf(END));
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(directory.resolve("README.md"), after);
        }
        assertThat(directory.resolve("README.md"))
                .content()
                .as("out of date; run %s and commit the page", COMMAND)
                .isEqualTo(after);
    }

    private String table() {
        String rows = ChartValue.described(text).stream()
                .map(value -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                value.key(),
                                type(value),
                                fallback(value.in(values)),
                                value.description().replace("|", "\\|")))
                .collect(Collectors.joining());
        return "\n| Key | Type | Default | |\n|---|---|---|---|\n" + rows + "\n";
    }

    private String type(ChartValue value) {
        JsonNode type = schemaOf(value.path()).path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" or "))
                : type.asText();
    }

    private JsonNode schemaOf(List<String> path) {
        JsonNode node = schema;
        for (String key : path) {
            node = node.path("properties").path(key);
        }
        return node;
    }

    private static String fallback(JsonNode value) {
        boolean nothing = value.isTextual() ? value.asText().isEmpty() : value.isContainerNode() && value.isEmpty();
        return nothing ? "" : "`" + (value.isTextual() ? value.asText() : value.toString()) + "`";
    }

    @Test
    void everyValueIsDescribedAndKnownToTheSchema() throws IOException {
        List<String> leaves = new ArrayList<>();
        leaves(values, schema, "", leaves);

        assertThat(ChartValue.described(text).stream().map(ChartValue::key)).containsExactlyElementsOf(leaves);
    }

    @Test
    void theSchemaHasNoValueThatIsNotThere() {
        List<String> unknown = new ArrayList<>();
        missing(schema, values, "", unknown);

        assertThat(unknown).as("global is Helm's own").containsExactly("global");
    }

    @Test
    void theSchemaTakesNoUnknownKeyWhereItKnowsAny() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        objects(new ObjectMapper().readTree(read("values.schema.json")), objects);

        assertThat(objects).hasSizeGreaterThan(10).allMatch(ChartReadmeTest::isClosedOrFree);
    }

    /** Free maps are Kubernetes' own types, which the API server checks. */
    private static boolean isClosedOrFree(JsonNode object) {
        JsonNode others = object.path("additionalProperties");
        return (others.isBoolean() && !others.asBoolean()) || !object.has("properties") || object.has("required");
    }

    /** A value is a leaf where the schema knows no keys below it. */
    private static void leaves(JsonNode values, JsonNode schema, String prefix, List<String> leaves) {
        values.properties().forEach(entry -> {
            JsonNode known = schema.path("properties").path(entry.getKey());
            String key = prefix + entry.getKey();
            assertThat(known.isObject()).as("the schema knows %s", key).isTrue();
            if (known.has("properties")) {
                leaves(entry.getValue(), known, key + ".", leaves);
            } else {
                leaves.add(key);
            }
        });
    }

    private static void missing(JsonNode schema, JsonNode values, String prefix, List<String> missing) {
        schema.path("properties").properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (!values.has(entry.getKey())) {
                missing.add(key);
            } else {
                missing(entry.getValue(), values.path(entry.getKey()), key + ".", missing);
            }
        });
    }

    private static void objects(JsonNode node, List<JsonNode> objects) {
        if (node.path("type").asText().equals("object")) {
            objects.add(node);
        }
        node.forEach(child -> objects(child, objects));
    }
}
