package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which client can express a key prefix. */
class ClientFitTest {

    @ParameterizedTest(name = "prefix {0}, database {1}: {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 0, ANY_BUT_ON_A_CLUSTER",
                "'', 0, ANY_BUT_ON_A_CLUSTER",
                "'', 3, TONBO_DATABASE",
                "'', none, TONBO_DATABASE",
                "{0}, 0, ANY_ON_A_CLUSTER",
                "{7}, 7, ANY_ON_A_CLUSTER",
                "{7}, 0, TONBO_PREFIX",
                "{07}, 7, TONBO_PREFIX",
                "{7}:, 7, TONBO_PREFIX",
                "{u_1_w_2}:, 0, TONBO_PREFIX",
                "{u_1_w_2}:, none, TONBO_PREFIX"
            })
    void tellsWhoCanMountIt(String prefix, Integer database, ClientFit fit) {
        assertThat(ClientFit.of(prefix, database == null ? OptionalInt.empty() : OptionalInt.of(database)))
                .isEqualTo(fit);
    }

    @Test
    void saysItInOneSentence() {
        for (ClientFit fit : ClientFit.values()) {
            assertThat(fit.words()).endsWith(".").hasSizeBetween(20, 200);
        }
    }
}
