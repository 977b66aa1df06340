package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenGateTest {
    private final SettableClock clock = new SettableClock();
    private final TokenGate gate = new TokenGate(clock, ConnectionTimings.DEFAULT, FixedJitter.MOST);

    private Pass enter() {
        return gate.enter().orElseThrow();
    }

    private void refusedProbe() {
        clock.advance(gate.waitTime());
        gate.refused(enter());
    }

    @Test
    void a_refused_token_is_retried_once_after_ten_seconds_then_after_five_minutes_doubling_to_thirty() {
        List<Duration> waits = new ArrayList<>();
        gate.refused(enter());
        for (int refusal = 0; refusal < 6; refusal++) {
            waits.add(gate.waitTime());
            refusedProbe();
        }

        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(30));
    }

    @Test
    void probes_are_jittered_to_come_earlier_never_later() {
        TokenGate early = new TokenGate(clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
        early.refused(early.enter().orElseThrow());
        clock.advance(10);
        early.refused(early.enter().orElseThrow());

        assertThat(early.waitTime()).isEqualTo(Duration.ofSeconds(270));
    }

    @Test
    void a_closed_gate_says_since_when_until_when_and_whether_the_retry_was_refused_too() {
        assertThat(gate.closed()).isEmpty();
        gate.refused(enter());
        assertThat(gate.closed())
                .contains(new TokenGate.Closed(SettableClock.START, SettableClock.START.plusSeconds(10), false));

        refusedProbe();
        assertThat(gate.closed())
                .contains(new TokenGate.Closed(SettableClock.START, SettableClock.START.plusSeconds(310), true));
    }

    @Test
    void calls_that_were_under_way_together_count_as_one_refusal() {
        Pass first = enter();
        Pass second = enter();
        gate.refused(first);
        gate.refused(second);

        assertThat(gate.closed().orElseThrow().confirmed()).isFalse();
        assertThat(gate.waitTime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void one_call_at_a_time_finds_out_and_the_others_wait() {
        gate.refused(enter());
        clock.advance(10);

        assertThat(gate.closed()).as("a call may be made").isEmpty();
        assertThat(gate.enter()).isPresent();
        assertThat(gate.enter()).isEmpty();
        assertThat(gate.closed()).isPresent();
    }

    @Test
    void an_accepted_probe_opens_the_gate_for_all() {
        gate.refused(enter());
        clock.advance(10);

        assertThat(gate.accepted(enter())).isTrue();
        assertThat(gate.waitTime()).isZero();
        assertThat(gate.accepted(enter())).as("it was open already").isFalse();
    }

    @Test
    void after_it_opened_the_next_refusal_starts_from_the_beginning() {
        gate.refused(enter());
        refusedProbe();
        clock.advance(300);
        gate.accepted(enter());
        gate.refused(enter());

        assertThat(gate.waitTime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void what_was_sent_before_it_closed_neither_opens_it_nor_closes_it_further() {
        Pass before = enter();
        gate.refused(enter());

        assertThat(gate.accepted(before)).isFalse();
        assertThat(gate.closed()).isPresent();

        clock.advance(10);
        gate.accepted(enter());
        gate.refused(before);
        assertThat(gate.closed())
                .as("a 401 from before the token was found good")
                .isEmpty();
    }

    @Test
    void a_probe_that_found_nothing_out_is_followed_by_another_soon() {
        gate.refused(enter());
        refusedProbe();
        clock.advance(300);
        gate.unsure(enter());

        assertThat(gate.waitTime()).isEqualTo(Duration.ofSeconds(10));
        refusedProbe();
        assertThat(gate.waitTime()).as("and does not count as a refusal").isEqualTo(Duration.ofMinutes(10));
    }
}
