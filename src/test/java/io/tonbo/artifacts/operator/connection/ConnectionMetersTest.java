package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaker, gates and budgets say when somebody looks. */
class ConnectionMetersTest {
    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Accounts accounts = new Accounts(20, clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);
    private final OrchestratorBreaker breaker =
            new OrchestratorBreaker(clock, ConnectionTimings.DEFAULT, FixedJitter.LEAST);

    @BeforeEach
    void show() {
        new ConnectionMeters(accounts, breaker, clock).showIn(meters);
    }

    private double says(String gauge) {
        return meters.get(gauge).gauge().value();
    }

    private Account account(String token) {
        return accounts.of(Tokens.token(token));
    }

    @Test
    void withoutATokenThereIsNothingToSay() {
        assertThat(says("artifacts_orchestrator_breaker_open")).isZero();
        assertThat(says("artifacts_tokens_refused")).isZero();
        assertThat(says("artifacts_token_budget_available_ratio")).isEqualTo(1);
        assertThat(says("artifacts_token_expiry_seconds")).isNaN();
    }

    @Test
    void anOutageOpensTheBreakerUntilTheOrchestratorIsBack() {
        for (int i = 0; i < 5; i++) {
            breaker.failed(breaker.enter().orElseThrow(), "uid-" + i);
        }

        assertThat(says("artifacts_orchestrator_breaker_open")).isEqualTo(1);

        clock.advance(Duration.ofHours(1));
        assertThat(says("artifacts_orchestrator_breaker_open"))
                .as("nobody has tried yet")
                .isEqualTo(1);
        breaker.succeeded(breaker.enter().orElseThrow());
        assertThat(says("artifacts_orchestrator_breaker_open")).isZero();
    }

    @Test
    void aRefusedTokenCountsUntilItIsTaken() {
        account("art_one");
        TokenGate gate = account("art_two").gate();
        gate.refused(gate.enter().orElseThrow());

        assertThat(says("artifacts_tokens_refused")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(10));
        assertThat(says("artifacts_tokens_refused")).as("due to be tried").isEqualTo(1);
        gate.accepted(gate.enter().orElseThrow());
        assertThat(says("artifacts_tokens_refused")).isZero();
    }

    /** Nobody uses it any more, so nobody finds out whether it is taken. */
    @Test
    void aRefusedTokenThatWasReplacedCountsNoMoreAfterAWhile() {
        TokenGate gate = account("art_one").gate();
        gate.refused(gate.enter().orElseThrow());

        clock.advance(Duration.ofMinutes(11));

        assertThat(says("artifacts_tokens_refused")).isZero();
    }

    @Test
    void theEmptiestBudgetIsTold() {
        account("art_one");
        AccountLimiter busy = account("art_two").limiter();
        for (int i = 0; i < 15; i++) {
            busy.tryAcquire(Priority.URGENT);
        }
        assertThat(says("artifacts_token_budget_available_ratio")).isEqualTo(0.25);

        busy.pause(Duration.ofSeconds(30));
        assertThat(says("artifacts_token_budget_available_ratio")).isZero();

        clock.advance(Duration.ofSeconds(31));
        assertThat(says("artifacts_token_budget_available_ratio")).isEqualTo(1);
    }

    @Test
    void theFirstTokenToExpireIsTold() {
        account("art_key");
        account(Tokens.jwt(SettableClock.START.plusSeconds(3600)));
        account(Tokens.jwt(SettableClock.START.plusSeconds(900)));

        assertThat(says("artifacts_token_expiry_seconds")).isEqualTo(900);

        clock.advance(Duration.ofSeconds(1000));
        assertThat(says("artifacts_token_expiry_seconds"))
                .as("the one that expired is told by its objects")
                .isEqualTo(2600);
    }
}
