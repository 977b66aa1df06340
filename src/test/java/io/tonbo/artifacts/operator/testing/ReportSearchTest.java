package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search that ends a run of the integration tests finds what it is there to find. */
class ReportSearchTest {
    @TempDir
    Path directory;

    // Put together here, so that this file's own report is not a find.
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "key planted-bucket-~secret-7f3a used",
                "Bearer ey~JhbGciOiJIUzI1NiJ9.eyJleHAiOjE3MDAwMDB9.c2lnbmF0dXJl",
                "token art~_0123456789abcdef0123",
                "at redis://sess:~p4ssw0rdp4ss@127.0.0.1:6379/0"
            })
    void findsWhatLooksLikeACredential(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "first\n" + text.replace("~", "") + "\nlast");

        assertThat(ReportSearch.search(file)).isNotEmpty();
        assertThatThrownBy(() -> ReportSearch.main(directory.toString()))
                .hasMessageContaining("report.txt:2")
                .hasMessageNotContaining(text.replace("~", ""));
    }

    @Test
    void findsNothingInWhatIsClean() throws IOException {
        Path file =
                Files.writeString(directory.resolve("report.txt"), "redis://127.0.0.1:6379 Secret tonbo-token art_x");

        assertThat(ReportSearch.search(file)).isEmpty();
    }

    @Test
    void aSearchOfNothingIsNoSearch() {
        assertThatThrownBy(() -> ReportSearch.main(directory.toString())).hasMessageContaining("did the tests run?");
    }
}
