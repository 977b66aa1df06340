package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One object's status over time: each outcome is reported on what the one before left, as the API server would keep it. */
final class StatusStory {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String FORMATTED = "Formatted";

    private final List<StatusReport.Fact> facts = new ArrayList<>();
    private final FailureHistory history = new FailureHistory();
    private StatusReport.Before status = new StatusReport.Before(List.of(), null, -1L);
    private StatusReport last;
    private Instant now = START;
    private long generation = 1;
    private int writes;

    Instant now() {
        return now;
    }

    long generation() {
        return generation;
    }

    StatusReport.Before status() {
        return status;
    }

    /** How many reports said something else than the status before. */
    int writes() {
        return writes;
    }

    List<Announcement> announced() {
        return last.announcements();
    }

    StatusStory after(Duration time) {
        now = now.plus(time);
        return this;
    }

    StatusStory edited() {
        generation++;
        return this;
    }

    StatusStory fact(boolean formatted) {
        facts.clear();
        facts.add(new StatusReport.Fact(
                FORMATTED, formatted ? ConditionStatus.TRUE : ConditionStatus.FALSE, "VolumeFormatted", "so it is"));
        return this;
    }

    StatusStory report(Outcome outcome) {
        return report(outcome, facts);
    }

    StatusStory report(Outcome outcome, List<StatusReport.Fact> with) {
        last = StatusReport.of(status, generation, outcome, List.copyOf(with), now, Timings.PRODUCTION);
        StatusReport.Before next =
                new StatusReport.Before(last.conditions(), last.lastError(), last.observedGeneration());
        if (!next.equals(status)) {
            writes++;
        }
        status = next;
        return this;
    }

    StatusStory done() {
        history.clear();
        return report(new Outcome.Done("Active", "it is there", Duration.ofMinutes(5)));
    }

    StatusStory progressing() {
        return report(new Outcome.Progressing("Formatting", "it is being made", Duration.ZERO));
    }

    StatusStory suspended() {
        return report(new Outcome.Suspended(null));
    }

    StatusStory unchanged() {
        return report(new Outcome.Unchanged(Duration.ofSeconds(1)));
    }

    StatusStory failed(Problem problem) {
        return failed(problem, false);
    }

    StatusStory failed(Problem problem, boolean keepReady) {
        Failure failure = history.failed("operation", problem, now);
        return report(new Outcome.Failed(failure, "Do this.", keepReady, Duration.ofSeconds(1)));
    }

    Optional<Condition> condition(String type) {
        return status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** A condition's status and reason, such as {@code False Unauthorized}; a dash when it is absent. */
    String says(String type) {
        return condition(type)
                .map(c -> word(c.getStatus()) + " " + c.getReason())
                .orElse("-");
    }

    private static String word(ConditionStatus status) {
        return switch (status) {
            case TRUE -> "True";
            case FALSE -> "False";
            case UNKNOWN -> "Unknown";
        };
    }

    LastError lastError() {
        return status.lastError();
    }
}
