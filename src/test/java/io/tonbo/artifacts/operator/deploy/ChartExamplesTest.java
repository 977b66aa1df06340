package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The value files that go with the chart leave nothing out, neither of its values nor of its page. */
class ChartExamplesTest {
    private static JsonNode tree(Path file) {
        return ChartValue.tree(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(ProjectRoot.find().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So every value is rendered, linted and shown to an API server, with something else than its default, or nothing. */
    @Test
    void everyValueIsSetToSomethingElseInOneOfThem() {
        Path file = Chart.DIRECTORY.resolve("values.yaml");
        JsonNode defaults = tree(file);
        List<JsonNode> examples =
                Chart.allValues().stream().map(ChartExamplesTest::tree).toList();

        assertThat(ChartValue.described(text(file))).isNotEmpty().allSatisfy(value -> assertThat(examples)
                .as(value.key())
                .anyMatch(example ->
                        !value.in(example).isMissingNode() && !value.in(example).equals(value.in(defaults))));
    }

    @Test
    void thePageHasEachOfThem() {
        String page = text(Chart.DIRECTORY.resolve("README.md"));

        assertThat(Chart.allValues()).allSatisfy(file -> assertThat(page).contains("](ci/" + file.getFileName() + ")"));
    }
}
