package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long downloads of some 250 MB are waited for by somebody who can do without. */
class PatienceTest {
    @Test
    void withinTheTimeNothingIsAsked() {
        Patience patience = Patience.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThatCode(() -> patience.check("dl.k8s.io", 0)).doesNotThrowAnyException();
    }

    @Test
    void pastItAFastDownloadGoesOnAndASlowOneDoesNot() throws Exception {
        Patience patience = Patience.of(Duration.ofMillis(100), Duration.ofSeconds(75));
        Thread.sleep(150);
        assertThatCode(() -> patience.check("dl.k8s.io", 50_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> patience.check("dl.k8s.io", 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("downloading the 250 MB from dl.k8s.io would take about \\d+ min");
        assertThatThrownBy(() -> patience.check("dl.k8s.io", 0)).hasMessageContaining("sent nothing");
    }

    @Test
    void whatIsCompleteCounts() throws Exception {
        Patience patience = Patience.of(Duration.ofMillis(100), Duration.ofSeconds(75));
        patience.arrived(84_000_000);
        Thread.sleep(150);
        assertThatCode(() -> patience.check("dl.k8s.io", 0)).doesNotThrowAnyException();
    }
}
