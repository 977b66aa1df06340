package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrchestratorAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://orchestrator.example.com, https://orchestrator.example.com",
        "https://orchestrator.example.com/, https://orchestrator.example.com",
        "' https://o.example.com:8443/api/v1/// ', https://o.example.com:8443/api/v1",
        "HTTPS://o.example.com, HTTPS://o.example.com",
        "https://10.0.0.1, https://10.0.0.1",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:1, http://127.0.0.1:1",
        "http://127.9.9.9, http://127.9.9.9",
        "http://[::1]:8080, http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1], http://[0:0:0:0:0:0:0:1]"
    })
    void https_anywhere_and_http_on_the_loopback_are_addresses(String text, String base) {
        assertThat(OrchestratorAddress.parse(text).base()).hasToString(base);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://orchestrator.example.com | https://",
                "http://10.0.0.1 | https://",
                "http://localhost.example.com | https://",
                "http://127.0.0.1.example.com | https://",
                "http://2130706433 | ",
                "http://[::2] | https://",
                "http://0.0.0.0 | https://",
                "ftp://orchestrator.example.com | https://",
                "orchestrator.example.com | https://",
                "orchestrator:8080 | https://",
                "https:// | ",
                "https:///path | host",
                "https://under_score.example.com | host",
                "https://o.example.com:0 | port",
                "https://o.example.com:99999 | port",
                "https://o.example.com?x=1 | query",
                "https://o.example.com/# | fragment",
                "https://o.example.com/a/../b | segments",
                "https://o.example.com/a//b | segments",
                "https://user:hunter2@o.example.com | password",
                "https://hunter2@o.example.com | password",
                "https://o.example.com/%zz | character",
                "https://o.exam ple.com | character"
            })
    void anything_else_is_refused_by_a_message_that_names_the_variable(String text, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrchestratorAddress.parse(text))
                .withMessageStartingWith("ARTIFACTS_ORCHESTRATOR_URL ")
                .withMessageContaining(says == null ? "" : says)
                .satisfies(e -> assertThat(e).hasMessageNotContaining("hunter2").hasNoCause());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void a_missing_url_is_said_to_be_missing(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrchestratorAddress.parse(text))
                .withMessageContaining("ARTIFACTS_ORCHESTRATOR_URL is not set");
    }

    @Test
    void messages_name_host_and_port_only() {
        assertThat(OrchestratorAddress.parse("https://o.example.com:8443/api").server())
                .isEqualTo("o.example.com:8443");
        assertThat(OrchestratorAddress.parse("https://o.example.com/api").server())
                .isEqualTo("o.example.com");
    }
}
