package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
