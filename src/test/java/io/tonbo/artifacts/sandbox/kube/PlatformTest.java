package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, aarch64, darwin-arm64",
        "Mac OS X, x86_64, darwin-amd64"
    })
    void javaNamesBecomeGoNames(String os, String arch, String expected) {
        assertThat(Platform.of(os, arch)).hasToString(expected);
    }

    @Test
    void anUnsupportedMachineIsToldWhatToUse() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContaining("WSL");
    }
}
