package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked of the sandbox, and what is said of anything else. */
class SandboxSettingsTest {
    private final Properties properties = new Properties();

    @Test
    void nothingNeedsToBeAskedFor() {
        SandboxSettings settings = SandboxSettings.from(properties);
        assertThat(settings.once()).isFalse();
        assertThat(settings.kubernetes()).isEqualTo(KubernetesChoice.AUTO);
        assertThat(settings.pagePort()).isEmpty();
        assertThat(settings.brief(settings.directory())).isEqualTo("target/sandbox");
        assertThat(settings.brief(settings.manifest())).isEqualTo("examples/quickstart");
    }

    @Test
    void allCanBeAskedFor() {
        properties.setProperty("sandbox.once", "");
        properties.setProperty("sandbox.kubernetes", "mock");
        properties.setProperty("sandbox.directory", "/somewhere/else");
        properties.setProperty("sandbox.manifest", "examples/wrong-bucket.yaml");
        properties.setProperty("sandbox.page.port", "0");
        SandboxSettings settings = SandboxSettings.from(properties);
        assertThat(settings.once()).isTrue();
        assertThat(settings.kubernetes()).isEqualTo(KubernetesChoice.MOCK);
        assertThat(settings.directory()).hasToString("/somewhere/else");
        assertThat(settings.brief(settings.manifest())).isEqualTo("examples/wrong-bucket.yaml");
        assertThat(settings.pagePort()).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox.once, maybe, 'is neither true nor false'",
        "sandbox.kubernetes, minikube, 'is not a choice: auto, real or mock'",
        "sandbox.kubernetes, REAL, 'is not a choice: auto, real or mock'",
        "sandbox.manifest, examples/nothing.yaml, 'is not there: name a file or a directory'",
        "sandbox.directory, ' ', 'is not a path'",
        "sandbox.page.port, 65536, 'is not a port: a number from 1 to 65535, or 0'",
        "sandbox.page.port, http, 'is not a port'",
        "sandbox.port, 7700, '-Dsandbox.port is not an option; the options are -Dsandbox.once, -Dsandbox.kubernetes'"
    })
    void whatThereIsNotIsRefusedInOneLine(String name, String value, String said) {
        properties.setProperty(name, value);
        assertThatThrownBy(() -> SandboxSettings.from(properties))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageStartingWith("-D" + name)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("\n");
    }
}
