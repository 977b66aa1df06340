package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTokenTest {
    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path directory;

    private SharedToken token(Path file) {
        return new SharedToken(file, clock, ConnectionTimings.DEFAULT);
    }

    @Test
    void a_changed_file_is_noticed_though_its_time_and_size_stay() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "art_one\n");
        FileTime time = Files.getLastModifiedTime(file);
        SharedToken token = token(file);
        assertThat(token.text()).contains("art_one\n");

        Files.writeString(file, "art_two\n");
        Files.setLastModifiedTime(file, time);
        clock.advance(4);
        assertThat(token.text()).contains("art_one\n");
        clock.advance(1);
        assertThat(token.text()).contains("art_two\n");
    }

    @Test
    void a_refused_token_is_read_anew_at_once() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "art_one");
        SharedToken token = token(file);
        assertThat(token.text()).contains("art_one");
        Files.writeString(file, "art_two");

        token.forget();

        assertThat(token.text()).contains("art_two");
    }

    @Test
    void a_file_swapped_by_a_symbolic_link_as_in_a_mounted_secret_is_followed() throws IOException {
        Path first = Files.writeString(directory.resolve("..1"), "art_one");
        Path second = Files.writeString(directory.resolve("..2"), "art_two");
        Path link = Files.createSymbolicLink(directory.resolve("token"), first);
        SharedToken token = token(link);
        assertThat(token.text()).contains("art_one");

        Files.delete(link);
        clock.advance(5);
        assertThat(token.text()).isEmpty();
        Files.createSymbolicLink(link, second);
        clock.advance(5);
        assertThat(token.text()).contains("art_two");
    }

    @Test
    void no_file_a_directory_or_none_configured_is_no_token() {
        assertThat(token(directory.resolve("absent")).text()).isEmpty();
        assertThat(token(directory).text()).isEmpty();
        assertThat(token(null).text()).isEmpty();
    }

    @Test
    void a_file_that_is_no_token_by_its_size_is_not_read_to_its_end() throws IOException {
        Path file = Files.write(directory.resolve("token"), new byte[1 << 20]);

        assertThat(token(file).text().orElseThrow()).hasSize(64 << 10);
    }
}
