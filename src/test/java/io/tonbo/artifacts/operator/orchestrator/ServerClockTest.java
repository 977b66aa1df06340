package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers at all moments of a second, quick and slow, from a server whose clock is off by what the test says. */
class ServerClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ServerClock clock = new ServerClock();
    private final Random random = new Random(7);

    /** An answer somewhere in the hour. */
    private Duration answer(Duration ahead) {
        Instant sent = START.plusMillis(random.nextInt(3_600_000));
        Instant written = sent.plusMillis(random.nextInt(400));
        Instant received = written.plusMillis(random.nextInt(400));
        clock.told(sent, received, written.plus(ahead).truncatedTo(ChronoUnit.SECONDS));
        return clock.ahead().orElseThrow();
    }

    @Test
    void beforeTheFirstAnswerNothingIsKnown() {
        assertThat(clock.ahead()).isEmpty();
    }

    @Test
    void clocksThatAgreeDifferByNothing() {
        for (int i = 0; i < 1000; i++) {
            assertThat(answer(Duration.ZERO)).isZero();
        }
    }

    @Test
    void oneThatIsOffIsKnownToTheSecondAtOnceAndBetterWithTime() {
        for (Duration off : Set.of(Duration.ofMillis(90_250), Duration.ofMillis(-90_250), Duration.ofMillis(1_500))) {
            ServerClock fresh = new ServerClock();
            Set<Duration> estimates = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                Instant sent = START.plusMillis(random.nextInt(3_600_000));
                fresh.told(
                        sent, sent.plusMillis(80), sent.plusMillis(40).plus(off).truncatedTo(ChronoUnit.SECONDS));
                Duration estimate = fresh.ahead().orElseThrow();
                estimates.add(estimate);
                assertThat(estimate.minus(off).abs()).isLessThan(Duration.ofMillis(1_080));
            }
            assertThat(fresh.ahead().orElseThrow().minus(off).abs()).isLessThan(Duration.ofMillis(100));
            assertThat(estimates).as("it comes to rest").hasSizeLessThan(20);
        }
    }

    @Test
    void aClockThatIsSetIsNoticedByTheNextAnswer() {
        answer(Duration.ofMinutes(2));

        assertThat(answer(Duration.ZERO).abs()).isLessThanOrEqualTo(Duration.ofMillis(1_800));
        assertThat(answer(Duration.ofHours(-1)).plusHours(1).abs()).isLessThanOrEqualTo(Duration.ofMillis(1_800));
    }

    @Test
    void ourOwnClockMayBeSetBackDuringAnAnswer() {
        clock.told(START, START.minusSeconds(60), START.minusSeconds(60));

        assertThat(clock.ahead()).contains(Duration.ZERO);
    }
}
