package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is installed is what the types say. With {@code -Dartifacts.regenerate} it is written first. */
class CrdDriftTest {
    @Test
    void theWorkspaceDefinitionIsTheOneItsTypesMake() throws IOException {
        Path file = CustomResourceDefinitions.file(Workspace.class);
        String generated = CustomResourceDefinitions.generate(Workspace.class);
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }

        assertThat(file)
                .as("%s differs from the types; run: %s", file, CustomResourceDefinitions.REGENERATE)
                .hasContent(generated);
    }
}
