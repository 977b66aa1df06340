package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The schema of the chart's values is about the values that there are. With {@code -Dartifacts.regenerate} the lists of keys that
 * are required are written first.
 */
class ChartSchemaTest {
    private static final String COMMAND = "./mvnw -B -q test -Dtest=ChartSchemaTest -Dartifacts.regenerate";
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private final Path directory = ProjectRoot.find().resolve(Chart.DIRECTORY);
    private final Path file = directory.resolve("values.schema.json");
    private String text;
    private JsonNode values;
    private ObjectNode schema;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(directory.resolve("values.yaml"));
        values = ChartValue.tree(text);
        schema = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    }

    /** Helm drops a key with nothing behind it, so nothing else would see that it is not what its type is. */
    @Test
    void everyKeyIsRequiredSinceAnEmptiedOneIsNone() throws IOException {
        require(schema, values);
        String current = new ObjectMapper()
                        .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                                .withObjectIndenter(INDENT)
                                .withArrayIndenter(INDENT))
                        .writeValueAsString(schema)
                + "\n";
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.writeString(file, current);
        }

        assertThat(file)
                .content()
                .as("out of date; run %s and commit the file", COMMAND)
                .isEqualTo(current);
    }

    /** But for free maps with something in them, whose emptying takes the default away. */
    private static void require(ObjectNode object, JsonNode values) {
        ArrayNode required = object.putArray("required");
        values.properties().forEach(entry -> {
            JsonNode known = object.path("properties").path(entry.getKey());
            if (known.has("properties")) {
                require((ObjectNode) known, entry.getValue());
                required.add(entry.getKey());
            } else if (!entry.getValue().isObject() || entry.getValue().isEmpty()) {
                required.add(entry.getKey());
            }
        });
    }

    @Test
    void everyValueIsDescribedAndKnownToTheSchema() {
        List<String> leaves = new ArrayList<>();
        leaves(values, schema, "", leaves);

        assertThat(ChartValue.described(text).stream().map(ChartValue::key)).containsExactlyElementsOf(leaves);
    }

    @Test
    void theSchemaHasNoValueThatIsNotThere() {
        List<String> unknown = new ArrayList<>();
        missing(schema, values, "", unknown);

        assertThat(unknown).as("Helm's own, in a chart that others depend on").containsExactly("global", "enabled");
    }

    @Test
    void itTakesNoUnknownKeyWhereItKnowsAny() {
        List<JsonNode> objects = new ArrayList<>();
        objects(schema.path("properties"), objects);
        objects(schema.path("definitions"), objects);

        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(objects).hasSizeGreaterThan(10).allMatch(ChartSchemaTest::isClosedOrFree);
    }

    /** Free maps are Kubernetes' own types, which the API server checks. */
    private static boolean isClosedOrFree(JsonNode object) {
        return !object.has("properties") || !object.path("additionalProperties").asBoolean(true);
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

    /** What is in an array is Kubernetes' own. */
    private static void objects(JsonNode node, List<JsonNode> objects) {
        if (node.path("type").asText().equals("object")) {
            objects.add(node);
        }
        node.properties().stream()
                .filter(entry -> !entry.getKey().equals("items"))
                .forEach(entry -> objects(entry.getValue(), objects));
    }
}
