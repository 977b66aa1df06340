package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private final SettableClock clock = new SettableClock();
    private final Accounts accounts = new Accounts(20, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);

    @Test
    void one_token_is_one_account_wherever_it_came_from_and_another_token_another() {
        assertThat(accounts.of(Tokens.token("art_a"))).isSameAs(accounts.of(Tokens.token(" art_a\n")));
        assertThat(accounts.of(Tokens.token("art_a"))).isNotSameAs(accounts.of(Tokens.token("art_b")));
    }

    @Test
    void one_accounts_refusal_and_pause_do_not_touch_another() {
        Account poor = accounts.of(Tokens.token("art_a"));
        poor.gate().refused(poor.gate().enter().orElseThrow());
        poor.limiter().pause(Duration.ofMinutes(10));
        Account rich = accounts.of(Tokens.token("art_b"));

        assertThat(rich.gate().waitTime()).isZero();
        assertThat(rich.limiter().tryAcquire(Priority.ORDINARY)).isZero();
    }

    @Test
    void a_flood_of_tokens_does_not_fill_the_memory() {
        for (int token = 0; token < 3 * Accounts.MOST; token++) {
            accounts.of(Tokens.token("art_" + token));
        }

        assertThat(accounts.size()).isLessThanOrEqualTo(Accounts.MOST);
    }

    @Test
    void an_account_is_kept_over_its_longest_wait_and_dropped_when_nobody_has_asked_for_hours() {
        Account account = accounts.of(Tokens.token("art_a"));
        clock.advance(Duration.ofMinutes(31));
        assertThat(accounts.of(Tokens.token("art_a"))).isSameAs(account);

        clock.advance(Duration.ofHours(2));
        assertThat(accounts.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void a_budget_out_of_range_is_refused_by_name(int requestsPerSecond) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Accounts(requestsPerSecond, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST))
                .withMessageContaining("ARTIFACTS_REQUESTS_PER_SECOND");
    }
}
