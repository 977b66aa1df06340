package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrchestratorBreakerTest {
    private final SettableClock clock = new SettableClock();
    private final OrchestratorBreaker breaker =
            new OrchestratorBreaker(clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    private final AtomicInteger closings = new AtomicInteger();

    @BeforeEach
    void listen() {
        breaker.onClose(closings::incrementAndGet);
    }

    private void fail(String... resources) {
        for (String resource : resources) {
            breaker.failed(breaker.enter().orElseThrow(), resource);
        }
    }

    private void open() {
        fail("a", "b", "a", "b", "a");
        assertThat(breaker.open()).isTrue();
    }

    @Test
    void five_failures_in_a_row_of_two_objects_stop_all_calls() {
        fail("a", "a", "b", "a");
        assertThat(breaker.open()).isFalse();
        fail("a");

        assertThat(breaker.open()).isTrue();
        assertThat(breaker.enter()).isEmpty();
        assertThat(breaker.waitTime()).isGreaterThan(Duration.ZERO);
    }

    @Test
    void one_object_that_fails_for_ever_stops_nobody_until_another_fails_too() {
        for (int failure = 0; failure < 1000; failure++) {
            fail("poisoned");
        }
        assertThat(breaker.open()).isFalse();

        fail("another");
        assertThat(breaker.open()).isTrue();
    }

    @Test
    void an_answer_in_between_breaks_the_row() {
        fail("a", "b", "a", "b");
        breaker.succeeded(breaker.enter().orElseThrow());
        fail("a", "b", "a", "b");

        assertThat(breaker.open()).isFalse();
        assertThat(closings).hasValue(0);
    }

    @Test
    void it_is_tried_by_one_call_at_a_time_after_a_delay_that_doubles_to_half_a_minute() {
        open();
        List<Duration> delays = new ArrayList<>();
        for (int probe = 0; probe < 6; probe++) {
            Duration delay = breaker.waitTime();
            delays.add(delay);
            clock.advance(delay.minusMillis(1));
            assertThat(breaker.enter()).as("not yet").isEmpty();
            clock.advance(Duration.ofMillis(1));
            Pass pass = breaker.enter().orElseThrow();
            assertThat(pass.probe()).isTrue();
            assertThat(breaker.enter()).as("one at a time").isEmpty();
            breaker.failed(pass, "a");
        }

        assertThat(delays)
                .containsExactly(
                        Duration.ofMillis(4500),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(18),
                        Duration.ofSeconds(27),
                        Duration.ofSeconds(27),
                        Duration.ofSeconds(27));
    }

    @Test
    void those_who_wait_are_told_times_that_differ() {
        OrchestratorBreaker late = new OrchestratorBreaker(clock, ConnectionTimings.DEFAULT, FixedJitter.MOST);
        for (String resource : List.of("a", "b", "a", "b", "a")) {
            late.failed(late.enter().orElseThrow(), resource);
        }
        open();

        assertThat(breaker.waitTime()).isEqualTo(Duration.ofMillis(4500));
        assertThat(late.waitTime()).isBetween(Duration.ofMillis(5900), Duration.ofMillis(6000));
    }

    @Test
    void when_it_is_back_all_calls_may_go_and_those_who_wait_are_woken_once() {
        open();
        clock.advance(breaker.waitTime());
        breaker.succeeded(breaker.enter().orElseThrow());

        assertThat(breaker.open()).isFalse();
        assertThat(closings).hasValue(1);
        breaker.succeeded(breaker.enter().orElseThrow());
        assertThat(closings).hasValue(1);
        fail("a", "b", "a", "b");
        assertThat(breaker.open()).as("the count starts anew").isFalse();
    }

    @Test
    void the_delay_starts_anew_after_it_was_back() {
        open();
        clock.advance(breaker.waitTime());
        fail("a");
        clock.advance(breaker.waitTime());
        breaker.succeeded(breaker.enter().orElseThrow());
        open();

        assertThat(breaker.waitTime()).isEqualTo(Duration.ofMillis(4500));
    }

    @Test
    void what_was_under_way_before_it_opened_neither_closes_nor_prolongs_it() {
        Pass early = breaker.enter().orElseThrow();
        Pass other = breaker.enter().orElseThrow();
        open();
        breaker.succeeded(early);
        assertThat(breaker.open()).isTrue();

        clock.advance(breaker.waitTime());
        Pass probe = breaker.enter().orElseThrow();
        breaker.failed(other, "c");
        breaker.succeeded(probe);

        assertThat(breaker.open()).isFalse();
    }

    @Test
    void a_probe_that_was_not_made_after_all_leaves_room_for_the_next() {
        open();
        clock.advance(breaker.waitTime());
        breaker.unsure(breaker.enter().orElseThrow());

        assertThat(breaker.waitTime()).as("no longer than before").isEqualTo(Duration.ofMillis(4500));
        clock.advance(breaker.waitTime());
        assertThat(breaker.enter()).isPresent();
    }

    @Test
    void it_never_moves_on_by_itself() {
        open();
        clock.advance(Duration.ofDays(30));

        assertThat(breaker.open()).isTrue();
        assertThat(closings).hasValue(0);
        assertThat(breaker.enter()).isPresent();
    }
}
