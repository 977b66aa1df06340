package io.tonbo.artifacts.operator.status;

import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.READY;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RECONCILING;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.STALLED;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.Severity;
import io.tonbo.artifacts.operator.problem.Source;
import io.tonbo.artifacts.operator.problem.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An outcome as status: the one place that decides which conditions, {@code lastError} and events it amounts to. Pure.
 *
 * <p>The rules (kstatus): {@code Reconciling} and {@code Stalled} are present only while True and never together;
 * {@code Stalled} only beside {@code Ready=False}; a transition time moves only with the status. A failure is written
 * when it is news: another code, reason or severity, another generation, or another standing, or something else to mend.
 * Attempts are not.
 *
 * @param conditions all conditions of the object
 * @param lastError what is wrong, or null
 * @param observedGeneration the generation that this status speaks of
 * @param announcements events to record once the status is written
 */
public record StatusReport(
        List<Condition> conditions, LastError lastError, long observedGeneration, List<Announcement> announcements) {

    /**
     * What the object's status says now.
     *
     * @param conditions its conditions
     * @param lastError its last error, or null
     * @param observedGeneration the generation that it speaks of, null or -1 when of none
     */
    public record Before(List<Condition> conditions, LastError lastError, Long observedGeneration) {}

    /**
     * A condition beside {@code Ready} that the outcome comes with.
     *
     * @param type such as {@code Formatted}
     * @param status True, False or Unknown
     * @param reason in CamelCase
     * @param message for a person
     */
    public record Fact(String type, ConditionStatus status, String reason, String message) {}

    /**
     * @param before the status so far
     * @param generation the object's generation
     * @param outcome what the reconcile came to
     * @param facts conditions beside Ready that hold now
     * @param now the time
     * @param timings the waiting times
     * @return the status to be
     */
    public static StatusReport of(
            Before before, long generation, Outcome outcome, List<Fact> facts, Instant now, Timings timings) {
        ConditionSet set = new ConditionSet(before.conditions(), generation, now);
        if (outcome instanceof Outcome.Failed failed) {
            return failed(before, set, generation, failed, facts, now, timings);
        }
        if (outcome instanceof Outcome.Unchanged) {
            long observed = before.observedGeneration() == null ? -1 : before.observedGeneration();
            return new StatusReport(before.conditions(), before.lastError(), observed, List.of());
        }
        facts.forEach(fact -> set.set(fact.type(), fact.status(), fact.reason(), fact.message()));
        if (outcome instanceof Outcome.Done done) {
            return done(set, generation, done);
        }
        if (outcome instanceof Outcome.Progressing progressing) {
            return progressing(before, set, generation, progressing);
        }
        return suspended(before, set, generation);
    }

    private static StatusReport done(ConditionSet set, long generation, Outcome.Done done) {
        boolean news = !set.isTrue(READY);
        set.set(READY, ConditionStatus.TRUE, done.reason(), done.message());
        set.remove(RECONCILING);
        set.remove(STALLED);
        List<Announcement> announcements =
                news ? List.of(new Announcement(false, done.reason(), "Reconcile", done.message())) : List.of();
        return new StatusReport(set.list(), null, generation, announcements);
    }

    private static StatusReport progressing(
            Before before, ConditionSet set, long generation, Outcome.Progressing progressing) {
        if (!set.isTrue(READY)) {
            set.set(READY, ConditionStatus.FALSE, progressing.reason(), progressing.message());
        }
        set.set(RECONCILING, ConditionStatus.TRUE, progressing.reason(), progressing.message());
        set.remove(STALLED);
        return new StatusReport(set.list(), before.lastError(), generation, List.of());
    }

    private static StatusReport suspended(Before before, ConditionSet set, long generation) {
        set.remove(RECONCILING);
        set.remove(STALLED);
        if (set.get(READY).isEmpty()) {
            set.set(READY, ConditionStatus.UNKNOWN, "Suspended", "spec.suspend is true: nothing was done yet.");
        } else {
            set.confirm(READY);
        }
        return new StatusReport(set.list(), before.lastError(), generation, List.of());
    }

    private static StatusReport failed(
            Before before,
            ConditionSet set,
            long generation,
            Outcome.Failed failed,
            List<Fact> facts,
            Instant now,
            Timings timings) {
        Failure failure = failed.failure();
        Duration age = timings.unscale(failure.problemAge(now));
        ErrorRow row = failure.problem().row();
        Standing standing = row.standingAt(age);
        boolean wasReady = set.isTrue(READY);
        boolean ready =
                switch (failed.ready()) {
                    case APART -> true;
                    case KEPT -> wasReady;
                    case KEPT_IN_GRACE -> wasReady && row.standing() == Standing.GRACE && standing != Standing.STALLED;
                    case FALSE -> false;
                };
        String beside = beside(failed, standing, ready);
        LastError error = lastError(failure, failed.hint(), age);
        keepSeverity(before.lastError(), error, failure.problem());
        boolean news = isNews(before, error, failure.problem(), generation);
        boolean said = (beside == null || set.says(beside, ConditionStatus.TRUE, row.reason()))
                && (beside != null || ready || set.says(READY, ConditionStatus.FALSE, row.reason()))
                && (failed.besides() == null || set.says(failed.besides(), ConditionStatus.FALSE, row.reason()));
        facts.forEach(fact -> set.set(fact.type(), fact.status(), fact.reason(), fact.message()));
        if (!news && said && ready == wasReady) {
            return new StatusReport(set.list(), before.lastError(), generation, List.of());
        }
        String message = failed.hint() + " See " + row.reference() + ".";
        if (!ready) {
            set.set(READY, ConditionStatus.FALSE, row.reason(), message);
        }
        Stream.of(RECONCILING, STALLED).filter(type -> !type.equals(beside)).forEach(set::remove);
        if (beside != null) {
            set.set(beside, ConditionStatus.TRUE, row.reason(), message);
        }
        if (failed.besides() != null) {
            String remark = failed.remark() == null ? "" : " " + failed.remark();
            set.set(failed.besides(), ConditionStatus.FALSE, row.reason(), message + remark);
        }
        List<Announcement> announcements =
                news ? List.of(new Announcement(true, row.reason(), "Reconcile", message)) : List.of();
        return new StatusReport(set.list(), error, generation, announcements);
    }

    /** Which of Reconciling and Stalled is True; null for neither. */
    private static String beside(Outcome.Failed failed, Standing standing, boolean ready) {
        if (failed.ready() == Outcome.ReadyMeanwhile.APART || standing == Standing.NEITHER) {
            return null;
        }
        return standing == Standing.STALLED && !ready ? STALLED : RECONCILING;
    }

    /** A request id or a time that changes with every attempt is no news; a new generation's verdict is. */
    private static boolean isNews(Before before, LastError error, Problem problem, long generation) {
        LastError known = before.lastError();
        return known == null
                || !Objects.equals(before.observedGeneration(), generation)
                || (!isOutage(problem) && !Objects.equals(known.getCode(), error.getCode()))
                || !Objects.equals(known.getReason(), error.getReason())
                || !Objects.equals(known.getSeverity(), error.getSeverity())
                || (saysWhatToDo(problem) && !Objects.equals(known.getMessage(), error.getMessage()));
    }

    /** An outage has many codes, and none while calls are stopped because of it; its reason says all there is to know. */
    private static boolean isOutage(Problem problem) {
        return problem.row().source() == Source.TRANSPORT;
    }

    /**
     * What the operator finds out by itself and somebody is to mend, such as keys that a Secret lacks: who has mended the
     * half of it must read of the other half. What it finds in the cluster is as stable as the cluster. An answer's message
     * may change with each attempt, and so may an outage's.
     */
    private static boolean saysWhatToDo(Problem problem) {
        Standing standing = problem.row().standing();
        boolean forSomebody = standing == Standing.STALLED
                || standing == Standing.GRACE
                || problem.row().source() == Source.CLUSTER;
        return problem.ownFinding() && forSomebody;
    }

    /** Attempts are counted in memory only, so a restart must not turn an error back into a warning. */
    private static void keepSeverity(LastError known, LastError error, Problem problem) {
        boolean same = known != null
                && (isOutage(problem) || Objects.equals(known.getCode(), error.getCode()))
                && Objects.equals(known.getReason(), error.getReason())
                && Objects.equals(known.getFirstSeen(), error.getFirstSeen());
        if (same && Severity.ERROR.text().equals(known.getSeverity())) {
            error.setSeverity(known.getSeverity());
        }
    }

    private static LastError lastError(Failure failure, String hint, Duration age) {
        Problem problem = failure.problem();
        LastError error = new LastError();
        error.setCode(problem.code());
        error.setHttpStatus(problem.httpStatus());
        error.setReason(problem.row().reason());
        error.setSeverity(problem.row().severityAt(failure.attempts(), age).text());
        error.setMessage(problem.message());
        error.setHint(hint);
        error.setRequestId(failure.firstRequestId());
        error.setFirstSeen(failure.firstSeen());
        return error;
    }
}
