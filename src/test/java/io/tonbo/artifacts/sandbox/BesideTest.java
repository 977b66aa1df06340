package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two things at once, and an end of both. */
@Timeout(30)
class BesideTest {
    @Test
    void whatCameOfItIsHandedOver() throws Exception {
        try (Beside<String> work = Beside.begin("work", () -> "done")) {
            assertThat(work.await()).isEqualTo("done");
        }
    }

    @Test
    void whatItThrowsIsThrown() {
        IOException full = new IOException("No space left on device");
        try (Beside<String> work = Beside.begin("work", () -> {
            throw full;
        })) {
            assertThatThrownBy(work::await).isSameAs(full);
        }
        RunningParts.EndedException ended = new RunningParts.EndedException();
        try (Beside<String> work = Beside.begin("work", () -> {
            throw ended;
        })) {
            assertThatThrownBy(work::await).isSameAs(ended);
        }
    }

    @Test
    void theEndIsWaitedForEvenByOneWhoIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean cleared = new AtomicBoolean();
        Beside<String> work = Beside.begin("work", () -> {
            try {
                begun.countDown();
                Thread.sleep(600_000);
                return "never";
            } finally {
                cleared.set(true);
            }
        });
        begun.await();
        Thread.currentThread().interrupt();
        work.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cleared).isTrue();
        assertThatThrownBy(work::await).hasRootCauseInstanceOf(InterruptedException.class);
    }
}
