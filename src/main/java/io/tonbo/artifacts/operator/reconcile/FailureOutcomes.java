package io.tonbo.artifacts.operator.reconcile;

import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What every failed outcome has, whatever it is about: when the catalogue tries again, and the hint.
 *
 * @param timings the waiting times
 * @param random spreads the waiting
 * @param orchestratorUrl the orchestrator's base URL, for hints
 * @param version this operator's version, for hints
 */
public record FailureOutcomes(Timings timings, RandomGenerator random, String orchestratorUrl, String version) {

    /**
     * @param failure what is wrong, and since when
     * @param now the time
     * @return when to try again, as the catalogue has it; no later than the end of its grace
     */
    public Duration next(Failure failure, Instant now) {
        Problem problem = failure.problem();
        Duration age = timings.unscale(failure.problemAge(now));
        Duration asked = problem.retryAfter() == null ? null : timings.unscale(problem.retryAfter());
        Duration next = timings.scale(problem.row().retry().nextDelay(failure.attempts(), age, asked, random));
        Duration grace = problem.row().grace();
        if (grace != null && age.compareTo(grace) < 0) {
            // Be there when it turns from "on its way" into "somebody must act".
            Duration left = timings.scale(grace.minus(age)).plusMillis(1);
            next = left.compareTo(next) < 0 ? left : next;
        }
        return next;
    }

    /**
     * @param failure what is wrong
     * @param facts what is known of the object, by placeholder
     * @param shared whether it uses the operator's shared connection
     * @return what a person can do about it
     */
    public String hint(Failure failure, Map<String, String> facts, boolean shared) {
        Map<String, String> all = new HashMap<>(facts);
        all.put(Fact.ORCHESTRATOR_URL.placeholder(), orchestratorUrl);
        all.put(Fact.VERSION.placeholder(), version);
        all.put(
                Fact.FIRST_SEEN.placeholder(),
                failure.firstSeen().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put(
                Fact.REQUEST_ID.placeholder(),
                Optional.ofNullable(failure.firstRequestId()).orElse(""));
        return failure.problem().hint(all, shared);
    }
}
