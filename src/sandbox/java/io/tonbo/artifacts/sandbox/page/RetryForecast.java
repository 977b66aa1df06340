package io.tonbo.artifacts.sandbox.page;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * When the operator will try again, as far as the catalogue tells: the delays it names, laid end to end from the first failure.
 * The operator's own are jittered, so this is near and not exact.
 */
final class RetryForecast {
    private RetryForecast() {}

    /**
     * @param error what a status says
     * @return the catalogue's row for it: of those with its reason the one with its code, else the first; empty if none has
     */
    static Optional<ErrorRow> row(LastError error) {
        return ErrorCatalogue.load().rows().stream()
                .filter(row -> row.reason().equals(error.getReason()))
                .min(Comparator.comparing(row -> !row.codes().contains(error.getCode())));
    }

    /**
     * @param retry the row's policy
     * @param firstSeen when it failed first
     * @param now the time
     * @return the next try after now
     */
    static Instant nextTry(RetryPolicy retry, Instant firstSeen, Instant now) {
        Instant at = firstSeen;
        for (Duration delay : retry.opening()) {
            at = at.plus(delay);
            if (at.isAfter(now)) {
                return at;
            }
        }
        Duration delay = retry.first();
        while (delay.compareTo(retry.cap()) < 0 && retry.factor() > 1) {
            at = at.plus(delay);
            if (at.isAfter(now)) {
                return at;
            }
            delay = shorter(delay.multipliedBy(retry.factor()), retry.cap());
        }
        return steady(at, retry.longest(), now);
    }

    /** The delay no longer grows: the next multiple of it. */
    private static Instant steady(Instant from, Duration delay, Instant now) {
        long passed = Duration.between(from, now).toMillis() / delay.toMillis();
        return from.plus(delay.multipliedBy(Math.max(0, passed) + 1));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
