package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about the published Secret is the one that the code makes. */
class SecretPageTest {
    private static final Path COMMITTED = Path.of("docs/secret.md");
    private static final String UPDATE = "artifacts.docs.update";

    @Test
    void thePageIsTheOneThatTheCodeMakes() throws IOException {
        String page = SecretPage.page();
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(COMMITTED, page);
        }
        assertThat(COMMITTED)
                .exists()
                .content()
                .as("out of date; run ./mvnw -B -q test -Dtest=SecretPageTest -D%s=true and commit the page", UPDATE)
                .isEqualTo(page);
    }
}
