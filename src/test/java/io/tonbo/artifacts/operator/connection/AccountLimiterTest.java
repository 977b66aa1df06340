package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountLimiterTest {
    private static final Duration TICK = Duration.ofMillis(10);

    private final SettableClock clock = new SettableClock();

    private AccountLimiter limiter(int requestsPerSecond) {
        return new AccountLimiter(requestsPerSecond, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    }

    private static boolean taken(AccountLimiter limiter, Priority priority) {
        return limiter.tryAcquire(priority).isZero();
    }

    private int takenWithin(Duration time, AccountLimiter limiter, Priority priority) {
        int taken = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            clock.advance(TICK);
            while (taken(limiter, priority)) {
                taken++;
            }
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        "20, ORDINARY, 133",
        "20, URGENT, 200",
        "3, ORDINARY, 20",
        "3, URGENT, 30",
        "1, ORDINARY, 6",
        "1, URGENT, 10"
    })
    void in_ten_seconds_ordinary_traffic_gets_two_thirds_and_urgent_traffic_all(
            int requestsPerSecond, Priority priority, int expected) {
        AccountLimiter limiter = limiter(requestsPerSecond);
        while (taken(limiter, Priority.URGENT)) {
            // Use up what an idle account has saved.
        }
        while (taken(limiter, priority)) {
            // As above.
        }
        if (priority == Priority.ORDINARY) {
            takenWithin(Duration.ofSeconds(10), limiter, priority);
        }

        assertThat(takenWithin(Duration.ofSeconds(10), limiter, priority)).isBetween(expected - 1, expected + 1);
    }

    @Test
    void an_idle_account_saves_one_second_of_its_budget_and_no_more() {
        AccountLimiter limiter = limiter(20);
        clock.advance(Duration.ofHours(5));
        int ordinary = 0;
        while (taken(limiter, Priority.ORDINARY)) {
            ordinary++;
        }
        int urgent = 0;
        while (taken(limiter, Priority.URGENT)) {
            urgent++;
        }

        assertThat(ordinary).isEqualTo(13);
        assertThat(urgent).isEqualTo(7);
    }

    @Test
    void however_hard_ordinary_traffic_presses_a_renewal_goes_through_at_once() {
        AccountLimiter limiter = limiter(20);
        for (int second = 0; second < 60; second++) {
            takenWithin(Duration.ofSeconds(1), limiter, Priority.ORDINARY);
            for (int renewal = 0; renewal < 6; renewal++) {
                assertThat(taken(limiter, Priority.URGENT)).isTrue();
            }
        }
    }

    @Test
    void those_who_must_wait_are_told_different_times_at_the_accounts_rate() {
        AccountLimiter limiter = limiter(20);
        while (taken(limiter, Priority.ORDINARY)) {
            // Use up what there is.
        }
        List<Duration> waits = new ArrayList<>();
        for (int waiter = 0; waiter < 100; waiter++) {
            waits.add(limiter.tryAcquire(Priority.ORDINARY));
        }

        assertThat(new TreeSet<>(waits)).hasSize(100).containsExactlyElementsOf(waits);
        assertThat(waits.get(99).minus(waits.get(0)))
                .as("99 turns at 40 in 3 s")
                .isBetween(Duration.ofMillis(7420), Duration.ofMillis(7430));
    }

    @Test
    void who_comes_back_when_told_is_served() {
        AccountLimiter limiter = limiter(20);
        while (taken(limiter, Priority.ORDINARY)) {
            // Use up what there is.
        }
        Duration wait = Duration.ZERO;
        for (int waiter = 0; waiter < 50; waiter++) {
            Duration own = limiter.tryAcquire(Priority.ORDINARY);
            if (waiter == 0) {
                wait = own;
            }
        }
        clock.advance(wait);

        assertThat(taken(limiter, Priority.ORDINARY)).isTrue();
    }

    @Test
    void no_wait_grows_beyond_a_minute_however_many_wait() {
        AccountLimiter limiter = limiter(1);
        while (taken(limiter, Priority.ORDINARY)) {
            // Use up what there is.
        }
        for (int waiter = 0; waiter < 10_000; waiter++) {
            assertThat(limiter.tryAcquire(Priority.ORDINARY)).isLessThanOrEqualTo(Duration.ofSeconds(63));
        }
    }

    @Test
    void after_a_429_nobody_on_the_account_goes_on_before_the_pause_is_over() {
        AccountLimiter limiter = limiter(20);
        limiter.pause(Duration.ofSeconds(7));

        assertThat(limiter.tryAcquire(Priority.URGENT)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        clock.advance(Duration.ofMillis(6999));
        assertThat(taken(limiter, Priority.ORDINARY)).isFalse();
        assertThat(taken(limiter, Priority.URGENT)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(taken(limiter, Priority.ORDINARY)).isTrue();
    }

    @Test
    void waiters_for_the_end_of_a_pause_are_spread_over_the_time_after_it() {
        AccountLimiter limiter = limiter(20);
        limiter.pause(Duration.ofSeconds(60));
        TreeSet<Duration> waits = new TreeSet<>();
        for (int waiter = 0; waiter < 100; waiter++) {
            waits.add(limiter.tryAcquire(Priority.ORDINARY));
        }

        assertThat(waits).hasSize(100);
        assertThat(waits.first()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(waits.last()).isGreaterThan(Duration.ofSeconds(67));
    }

    @Test
    void a_pause_is_never_longer_than_ten_minutes_and_a_shorter_one_does_not_cut_it_short() {
        AccountLimiter limiter = limiter(20);
        limiter.pause(Duration.ofDays(1));
        limiter.pause(Duration.ofSeconds(1));

        clock.advance(599);
        assertThat(taken(limiter, Priority.URGENT)).isFalse();
        clock.advance(1);
        assertThat(taken(limiter, Priority.URGENT)).isTrue();
    }

    @Test
    void without_a_retry_after_pauses_double_from_a_second_to_a_minute_and_start_anew_after_success() {
        AccountLimiter limiter = new AccountLimiter(20, clock, ConnectionTimings.DEFAULT, FixedJitter.MOST);
        List<Long> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < 8; attempt++) {
            limiter.pause(attempt % 2 == 0 ? null : Duration.ZERO);
            pauses.add(millisUntilFree(limiter));
        }
        limiter.calm();
        limiter.pause(null);
        pauses.add(millisUntilFree(limiter));

        assertThat(pauses).containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 32_000L, 60_000L, 60_000L, 1000L);
    }

    private long millisUntilFree(AccountLimiter limiter) {
        long millis = 0;
        while (!taken(limiter, Priority.URGENT)) {
            clock.advance(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    @Test
    void a_clock_that_is_set_back_does_not_stop_an_account() {
        Accounts accounts = new Accounts(20, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
        AccountLimiter limiter = accounts.of(Tokens.token("art_x")).limiter();
        while (taken(limiter, Priority.URGENT)) {
            // Use up what there is.
        }
        clock.advance(Duration.ofHours(-3));
        assertThat(taken(limiter, Priority.URGENT)).isFalse();

        clock.advance(1);
        assertThat(taken(limiter, Priority.URGENT)).isTrue();
    }
}
