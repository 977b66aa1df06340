package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingsTest {
    @Test
    void productionWaitsAsDocumented() {
        assertThat(Timings.PRODUCTION.blockedPoll()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Timings.PRODUCTION.reserveSettles()).isEqualTo(Duration.ofSeconds(20));
        assertThat(Timings.PRODUCTION.deletionWithoutConnection()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Timings.PRODUCTION.deletionInOutage()).isEqualTo(Duration.ofMinutes(10));
        assertThat(Timings.PRODUCTION.foreignCreate()).isEqualTo(Duration.ofSeconds(60));
        assertThat(Timings.PRODUCTION.scale(Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void aScaledTimeStandsForTheDocumentedOne() {
        Timings fast = new Timings(0.05);

        assertThat(fast.blockedPoll()).isEqualTo(Duration.ofMillis(1500));
        assertThat(fast.unscale(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(120));
        assertThat(fast.unscale(fast.foreignCreate())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void nothingIsScaledAwayToABusyLoop() {
        assertThat(new Timings(0.0001).scale(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1001, Double.NaN, Double.POSITIVE_INFINITY})
    void aScaleOutOfRangeIsRefusedByName(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timings(scale))
                .withMessageContaining("artifacts.test.time-scale");
    }

    @Test
    void publishedSecretsAreLookedAtEachMinuteOrAsOftenAsTwentyReadsASecondAllow() {
        assertThat(Timings.PRODUCTION.publishedPoll(0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Timings.PRODUCTION.publishedPoll(1200)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Timings.PRODUCTION.publishedPoll(1201)).isGreaterThan(Duration.ofSeconds(60));
        assertThat(Timings.PRODUCTION.publishedPoll(10_000)).isEqualTo(Duration.ofSeconds(500));
    }
}
