package io.tonbo.artifacts.operator.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What breaker, gates and budgets say when they are looked at; nothing is counted for it meanwhile. Of the tokens those that
 * were used in the last two hours, or since the start; of those that are refused, in the last ten minutes.
 *
 * @param accounts the tokens
 * @param breaker the orchestrator's breaker
 * @param clock the present
 */
public record ConnectionMeters(Accounts accounts, OrchestratorBreaker breaker, InstantSource clock) {
    /** Whoever waits for a token looks for another more often. */
    private static final Duration REFUSED_LATELY = Duration.ofMinutes(10);

    /**
     * @param meters where it is shown
     */
    public void showIn(MeterRegistry meters) {
        OperatorMeter.ORCHESTRATOR_BREAKER_OPEN.gauge(meters, () -> breaker.open() ? 1 : 0);
        OperatorMeter.TOKENS_REFUSED.gauge(meters, () -> accounts.used(REFUSED_LATELY).stream()
                .filter(account -> account.gate().refusing())
                .count());
        OperatorMeter.TOKEN_BUDGET_AVAILABLE_RATIO.gauge(meters, () -> accounts.held().stream()
                .mapToDouble(account -> account.limiter().available())
                .min()
                .orElse(1));
        OperatorMeter.TOKEN_EXPIRY_SECONDS.gauge(meters, this::untilExpiry);
        for (NotNow.Why why : NotNow.Why.values()) {
            OperatorMeter.ORCHESTRATOR_DEFERRED.counter(meters, why.label());
        }
    }

    /** Of one that has expired its objects say so. */
    private double untilExpiry() {
        Instant now = clock.instant();
        return accounts.held().stream()
                .map(Account::expiry)
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .map(expiry -> Duration.between(now, expiry).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
