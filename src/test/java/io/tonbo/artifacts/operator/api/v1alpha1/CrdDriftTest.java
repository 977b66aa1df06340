package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is installed is what the types say. With {@code -Dartifacts.regenerate} it is written first. */
class CrdDriftTest {
    @ParameterizedTest
    @EnumSource
    void theDefinitionIsTheOneItsTypesMake(ResourceKind kind) throws IOException {
        Path file = kind.definitionFile();
        String generated = CustomResourceDefinitions.generate(kind.type());
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
        try (Stream<Path> files = Files.list(CustomResourceDefinitions.DIRECTORY)) {
            assertThat(files)
                    .isSubsetOf(Arrays.stream(ResourceKind.values())
                            .map(ResourceKind::definitionFile)
                            .toList());
        }
    }
}
