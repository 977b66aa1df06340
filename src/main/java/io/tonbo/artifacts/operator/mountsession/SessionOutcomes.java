package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Action;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;

/** From what the table decided, and what was found, to the outcome of a pass and the time of the next. */
final class SessionOutcomes {
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final Duration FAR_OFF = Duration.ofDays(365);

    private final SessionPass pass;
    private final ReconcilerServices services;
    private final SessionMemory memory;
    private final SessionSurroundings surroundings;
    private final SessionView view;
    private final ServedWorkspace workspace;
    private final SessionFindings found;
    private final MountSessionObservation observation;
    private final MountSessionDecision decision;

    /**
     * @param pass the pass; its last observation and decision are null while there was none
     */
    SessionOutcomes(
            SessionPass pass, ReconcilerServices services, SessionMemory memory, SessionSurroundings surroundings) {
        this.pass = pass;
        this.services = services;
        this.memory = memory;
        this.surroundings = surroundings;
        this.view = pass.view();
        this.workspace = pass.workspace();
        this.found = pass.found();
        this.observation = pass.observation();
        this.decision = pass.decision();
    }

    /** What a pass ends with; null when there is something to do first. */
    Outcome of(Action action) {
        if (action instanceof MountSessionDecision.Fail fail) {
            return fail(fail.type());
        }
        if (action instanceof MountSessionDecision.WaitToRestore) {
            Duration wait = Duration.between(
                    pass.now(), memory.restoredAt().plus(services.timings().betweenRestorations()));
            return failed(SessionOperation.SETTLE, Problem.of(ProblemType.SECRET_RESTORED))
                    .lookingAgain(atLeast(wait, A_MOMENT));
        }
        if (action instanceof MountSessionDecision.StandBy) {
            return observation.usable()
                    ? new Outcome.Suspended(lookAgain())
                    : failed(SessionOperation.SETTLE, Problem.of(ProblemType.SUSPENDED));
        }
        if (action instanceof MountSessionDecision.StayReady) {
            memory.failures().clear();
            return new Outcome.Done(ReadyWords.REASON, pass.words().message(), lookAgain());
        }
        return null;
    }

    /** When time alone changes something, or somebody else may have. */
    private Duration lookAgain() {
        Duration next = noLaterThanDue(services.timings().publishedPoll(surroundings.sessions()));
        Instant serverNow = pass.now().plus(pass.serverAhead());
        for (var previous : pass.sessions().previous(serverNow, pass.heldId())) {
            next = sooner(next, Duration.between(serverNow, previous.getExpiresAt()));
        }
        return atLeast(next, Duration.ofMillis(1));
    }

    /** A credential that ends, and a rollout that others wait for, are not slept through. */
    private Duration noLaterThanDue(Duration wait) {
        Duration next = wait;
        if (decision.lookBy() != null) {
            next = sooner(next, Duration.between(pass.now(), decision.lookBy()));
        }
        if (found.restarts != null && !found.restarts.settled()) {
            next = sooner(next, services.timings().rolloutPoll());
        }
        return atLeast(next, Duration.ofMillis(1));
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration atLeast(Duration wait, Duration least) {
        return wait.compareTo(least) < 0 ? least : wait;
    }

    private Outcome fail(ProblemType type) {
        Problem problem = described(type);
        Outcome.Failed failed = failed(operation(type), problem);
        Duration next = failed.lookAgain();
        boolean budget = found.budgetWait != null && problem.equals(found.remoteProblem);
        if (budget && found.budgetWait.compareTo(next) > 0) {
            next = found.budgetWait;
        }
        return failed.lookingAgain(noLaterThanDue(view.deleting() ? sooner(next, untilTheLastEnds()) : next));
    }

    /** A deletion waits no longer than anything lives. */
    private Duration untilTheLastEnds() {
        Instant serverNow = pass.now().plus(pass.serverAhead());
        return pass.sessions().alive(serverNow).values().stream()
                .max(Instant::compareTo)
                .filter(end -> end.isBefore(serverNow.plus(FAR_OFF)))
                .map(end -> Duration.between(serverNow, end).plusMillis(1))
                .orElse(FAR_OFF);
    }

    private SessionOperation operation(ProblemType type) {
        if (is(found.connectionProblem, type)) {
            return SessionOperation.CONNECT;
        }
        if (is(found.keysProblem, type)) {
            return SessionOperation.STORAGE;
        }
        if (is(found.remoteProblem, type)) {
            return found.remoteOperation;
        }
        return is(found.publishProblem, type) ? SessionOperation.PUBLISH : SessionOperation.SETTLE;
    }

    private static boolean is(Problem problem, ProblemType type) {
        return problem != null && problem.type() == type;
    }

    private Problem described(ProblemType type) {
        for (Problem problem :
                new Problem[] {found.connectionProblem, found.keysProblem, found.remoteProblem, found.publishProblem}) {
            if (is(problem, type)) {
                return problem;
            }
        }
        return surroundings.described(type, view, found.content(), memory.use(workspace, pass.now()));
    }

    private Outcome.Failed failed(SessionOperation operation, Problem problem) {
        Verdict verdict = decision.verdict();
        if (verdict.ready() == Verdict.State.TRUE && !view.deleting()) {
            String reason = problem.row().reason();
            OperatorMeter.SESSION_RENEWALS_BLOCKED
                    .counter(services.meters(), reason)
                    .increment();
        }
        return withVerdict(operation, problem, verdict);
    }

    private Outcome.Failed withVerdict(SessionOperation operation, Problem problem, Verdict verdict) {
        SessionRecord record = pass.record();
        return new SessionFailures(services.failures())
                .failed(
                        view,
                        workspace,
                        memory,
                        operation,
                        problem,
                        verdict,
                        record == null ? null : record.expiresAt(),
                        pass.now());
    }

    /** A budget that is used up is no trouble, unless somebody has no credential because of it. */
    Outcome later(NotNow e) {
        boolean told = observation.usable() || !surroundings.isReady(view);
        Duration wait = noLaterThanDue(e.waitTime());
        return told
                ? new Outcome.Unchanged(wait)
                : failed(
                                SessionOperation.OPEN,
                                Problem.of(ProblemType.RATE_LIMITED)
                                        .withMessage("The account's budget of requests is used up for the moment."))
                        .lookingAgain(wait);
    }

    /**
     * Without having seen the Secret nothing is decided: every decision could open a session too many. What can be told is
     * that it may not be seen, and that the credential that status knows has ended.
     *
     * @return the outcome; null when there is nothing to tell yet
     */
    Outcome unreadable(KubernetesClientException e) {
        Instant end = view.status().getExpiresAt();
        boolean ended = end != null && !pass.now().plus(pass.serverAhead()).isBefore(end);
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN && !ended) {
            return null;
        }
        Problem problem = Problem.of(ProblemType.SECRET_NOT_WRITABLE).withMessage(e.getMessage());
        Verdict verdict = new Verdict(Verdict.State.FALSE, Verdict.State.AS_IT_IS, problem.type());
        Outcome.Failed failed = withVerdict(SessionOperation.PUBLISH, problem, verdict);
        return ended || view.deleting()
                ? failed
                : new Outcome.Failed(
                        failed.failure(),
                        failed.hint(),
                        Outcome.ReadyMeanwhile.KEPT_IN_GRACE,
                        null,
                        null,
                        end == null
                                ? failed.lookAgain()
                                : sooner(
                                        failed.lookAgain(),
                                        Duration.between(pass.now().plus(pass.serverAhead()), end)));
    }

    Outcome fault() {
        Problem problem = Problem.of(ProblemType.OPERATOR_FAULT);
        if (decision == null) {
            return withVerdict(
                    SessionOperation.SETTLE,
                    problem,
                    new Verdict(Verdict.State.FALSE, Verdict.State.AS_IT_IS, problem.type()));
        }
        Outcome.Failed failed = failed(SessionOperation.SETTLE, problem);
        return failed.lookingAgain(noLaterThanDue(failed.lookAgain()));
    }
}
