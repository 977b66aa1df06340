package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times on the wire, read and written as the Kubernetes client does it. */
class Rfc3339Test {
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T10:00:00Z, 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:00.999999999Z, 2026-11-01T10:00:00Z",
        "2026-11-01T12:00:00+02:00, 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:59.5-00:00, 2026-11-01T10:00:59Z"
    })
    void timesAreWholeSecondsInUtc(String written, String read) {
        Condition condition = kubernetes.unmarshal("{\"lastTransitionTime\": \"" + written + "\"}", Condition.class);

        assertThat(condition.getLastTransitionTime()).isEqualTo(Instant.parse(read));
        assertThat(kubernetes.asJson(condition)).isEqualTo("{\"lastTransitionTime\":\"" + read + "\"}");
    }

    @Test
    void aTimeWithNanosecondsEqualsWhatIsReadBack() {
        Instant odd = Instant.parse("2026-11-01T10:00:00.123456789Z");
        LastError error = new LastError();
        error.setFirstSeen(odd);
        MountSessionStatus status = new MountSessionStatus();
        status.setIssuedAt(odd);
        status.setExpiresAt(odd);
        status.setRenewAt(odd);
        PreviousSession previous = new PreviousSession("ms_1", odd);

        for (Object written : new Object[] {error, status, previous}) {
            assertThat((Object) kubernetes.unmarshal(kubernetes.asJson(written), written.getClass()))
                    .isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"yesterday\"", "17", "{\"a\": [1]}", "[1]", "true"})
    void whatIsNoTimeReadsAsAbsentAndTheRestIsRead(String odd) {
        Condition condition =
                kubernetes.unmarshal("{\"lastTransitionTime\": " + odd + ", \"reason\": \"Active\"}", Condition.class);

        assertThat(condition.getLastTransitionTime()).isNull();
        assertThat(condition.getReason()).isEqualTo("Active");
    }
}
