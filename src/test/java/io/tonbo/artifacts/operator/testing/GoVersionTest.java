package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoVersionTest {
    @ParameterizedTest
    @CsvSource({
        "go1.26.8, 1.25.0, true",
        "go1.25.0, 1.25.0, true",
        "go1.25rc1, 1.25, true",
        "go1.24.9, 1.25.0, false",
        "go1.9.9, 1.24.0, false",
        "go1.24.2, 1.24.3, false",
        "go2.0.0, 1.25.0, true"
    })
    void isAtLeastAnother(String installed, String wanted, boolean enough) {
        assertThat(GoVersion.in(installed).isAtLeast(GoVersion.in(wanted))).isEqualTo(enough);
    }

    @Test
    void whatIsNoneIsNotTakenForOne() {
        assertThatThrownBy(() -> GoVersion.in("go: cannot find main module"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBuildAModuleIsSaid(@TempDir Path module) throws IOException {
        Files.writeString(module.resolve("go.mod"), "module example.com/late\n\ngo 1.999.0\n");

        assertThat(GoVersion.lacking(module)).get().asString().startsWith("Go 1.999.0 or newer is needed");
    }
}
