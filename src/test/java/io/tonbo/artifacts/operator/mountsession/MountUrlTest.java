package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tonbo.artifacts.operator.juicefs.MetadataEndpoint;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.Sensitive;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata URL as it is published. */
class MountUrlTest {

    private static MountUrl of(String url) throws MetadataException {
        return MountUrl.of(Sensitive.of(url));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://u:p@h:6379/1, redis://u:p@h:6379/1, 1",
        "rediss://u:p@h/0, rediss://u:p@h:6379/0, 0",
        "REDISS://h:7000, rediss://h:7000, 0",
        "redis://:p@h:1/, redis://:p@h:1/, 0",
        "redis://u@h:1/12, redis://u@h:1/12, 12",
        "redis://u:p@ss@h:1/3, redis://u:p%40ss@h:1/3, 3",
        "redis://u:p%2Fs%23@h:1/3?x=y, redis://u:p%2Fs%23@h:1/3?x=y, 3",
        "redis://u:é+ @h:1/3#part, redis://u:%C3%A9%2B%20@h:1/3, 3",
        "redis://u:p@[::1]:6379/4, redis://u:p@[::1]:6379/4, 4"
    })
    void isWrittenSoThatEveryClientReadsIt(String given, String published, int database) throws MetadataException {
        MountUrl url = of(given);
        assertThat(url.url().reveal()).isEqualTo(published);
        assertThat(url.database()).hasValue(database);
        assertThat(MetadataEndpoint.parse(published)).isEqualTo(MetadataEndpoint.parse(given));
        assertThat(URI.create(published).getPort()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h/one", "redis://h/1/2", "redis://h/99999999999"})
    void aPathThatIsNoNumberIsNoDatabase(String url) throws MetadataException {
        assertThat(of(url).database()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "h:6379", "http://u:TOP-SECRET@h", "redis://u:TOP-SECRET@h:0/1", "redis://u:TOP-SECRET@h/ 1"
            })
    void whatCannotBeReadIsRefusedWithoutATrace(String url) {
        assertThatThrownBy(() -> of(url)).isInstanceOf(MetadataException.class).hasMessageNotContaining("TOP-SECRET");
    }

    @Test
    void isNeverShown() throws MetadataException {
        assertThat(of("redis://u:TOP-SECRET@h/1").toString()).doesNotContain("TOP-SECRET");
    }
}
