package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForwardClockTest {
    private final SettableClock clock = new SettableClock();
    private final ForwardClock forward = new ForwardClock(clock);

    @Test
    void it_shows_the_clock_behind_it() {
        assertThat(forward.instant()).isEqualTo(SettableClock.START);
        clock.advance(5);
        assertThat(forward.instant()).isEqualTo(SettableClock.START.plusSeconds(5));
    }

    @Test
    void when_the_clock_behind_it_is_set_back_it_goes_on_from_where_it_was() {
        clock.advance(100);
        assertThat(forward.instant()).isEqualTo(SettableClock.START.plusSeconds(100));

        clock.advance(Duration.ofHours(-1));
        assertThat(forward.instant()).isEqualTo(SettableClock.START.plusSeconds(100));

        clock.advance(7);
        assertThat(forward.instant()).isEqualTo(SettableClock.START.plusSeconds(107));
    }
}
