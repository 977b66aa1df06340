package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is installed is what the types say, with kubectl as with Helm. With {@code -Dartifacts.regenerate} it is written first.
 */
class CrdDriftTest {
    @ParameterizedTest
    @EnumSource
    void theDefinitionIsTheOneItsTypesMake(ResourceKind kind) throws IOException {
        agrees(kind.definitionFile(), CustomResourceDefinitions.generate(kind.type()));
    }

    @ParameterizedTest
    @EnumSource
    void theChartHasTheSame(ResourceKind kind) throws IOException {
        agrees(
                ChartDefinition.file(kind.definitionFile()),
                ChartDefinition.template(CustomResourceDefinitions.generate(kind.type())));
    }

    private static void agrees(Path file, String generated) throws IOException {
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }

        assertThat(file)
                .as("%s differs from the types; run: %s", file, CustomResourceDefinitions.REGENERATE)
                .hasContent(generated);
    }

    @Test
    void noDefinitionIsThereThatNoTypeMakes() throws IOException {
        List<Path> definitions = Arrays.stream(ResourceKind.values())
                .map(ResourceKind::definitionFile)
                .toList();
        List<Path> templates = definitions.stream().map(ChartDefinition::file).toList();

        assertThat(yaml(CustomResourceDefinitions.DIRECTORY)).isSubsetOf(definitions);
        assertThat(yaml(templates.get(0).getParent())).isSubsetOf(templates);
    }

    private static List<Path> yaml(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
