package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long downloads are waited for by somebody who can do without: 20 s, or 75 s if they are through by then. */
class PatienceTest {
    private final AtomicLong clock = new AtomicLong(-7);
    private final Patience patience = Patience.of(Duration.ofSeconds(20), Duration.ofSeconds(75), clock::get);

    @Test
    void withinTheTimeNothingIsAsked() {
        passes(19);
        assertThat(patience.isOver()).isFalse();
        assertThatCode(() -> patience.check("dl.k8s.io", 0)).doesNotThrowAnyException();
    }

    @Test
    void pastItAFastDownloadGoesOnAndASlowOneDoesNot() {
        patience.expect(EnumSet.allOf(KubeBinary.class));
        passes(20);
        assertThat(patience.isOver()).isTrue();
        // 242 MB in all.
        assertThatCode(() -> patience.check("dl.k8s.io", 65_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> patience.check("dl.k8s.io", 60_000_000))
                .isInstanceOf(IOException.class)
                .hasMessage("downloading 242 MB from dl.k8s.io would take about 1 min");
        assertThatThrownBy(() -> patience.check("dl.k8s.io", 2_420_000)).hasMessageEndingWith("about 33 min");
        assertThatThrownBy(() -> patience.check("dl.k8s.io", 0)).hasMessage("dl.k8s.io sent nothing in 20 s");
    }

    @Test
    void onlyWhatIsMissingCounts() {
        patience.expect(List.of(KubeBinary.ETCD));
        passes(20);
        assertThatCode(() -> patience.check("github.com", 8_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> patience.check("github.com", 1_000_000))
                .hasMessage("downloading 23 MB from github.com would take about 8 min");
    }

    @Test
    void theServerKnowsBetterHowMuchItIs() {
        patience.expect(List.of(KubeBinary.ETCD));
        patience.size(KubeBinary.ETCD, 8_000_000);
        passes(20);
        assertThatCode(() -> patience.check("github.com", 4_000_000)).doesNotThrowAnyException();
        patience.size(KubeBinary.ETCD, 80_000_000);
        assertThatThrownBy(() -> patience.check("github.com", 4_000_000))
                .hasMessage("downloading 80 MB from github.com would take about 7 min");
    }

    @Test
    void whatIsCompleteCounts() {
        patience.expect(EnumSet.allOf(KubeBinary.class));
        patience.arrived(KubeBinary.KUBE_APISERVER, 84_000_000);
        passes(20);
        assertThatCode(() -> patience.check("dl.k8s.io", 0)).doesNotThrowAnyException();
    }

    @Test
    void itMayHaveNoEnd() {
        Patience endless = Patience.endless();
        assertThat(endless.isEndless()).isTrue();
        assertThat(endless.isOver()).isFalse();
    }

    private void passes(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
