package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Action;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Which;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.SessionRequest;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Source;
import io.tonbo.artifacts.operator.reconcile.IdempotencyKey;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Carries out what the MountSession table decided at the orchestrator: opens sessions, and revokes them. */
final class SessionActions {
    /** Answers that speak of the workspace rather than of the request. */
    private static final Set<ProblemType> OF_THE_WORKSPACE =
            Set.of(ProblemType.WORKSPACE_NOT_FOUND, ProblemType.WORKSPACE_NOT_ACTIVE, ProblemType.WORKSPACE_REPLACED);

    private static final int SERVER_FAULT = 500;

    /** Answers to whoever asks, whatever is asked for. */
    private static final Set<Integer> OF_THE_CALLER = Set.of(401, 403, 407, 408, 429);

    private final SessionPass pass;
    private final ReconcilerServices services;
    private final SessionView view;
    private final ServedWorkspace workspace;
    private final SessionMemory memory;
    private final SessionFindings found;

    SessionActions(SessionPass pass, ReconcilerServices services, SessionMemory memory) {
        this.pass = pass;
        this.services = services;
        this.view = pass.view();
        this.workspace = pass.workspace();
        this.memory = memory;
        this.found = pass.found();
    }

    /** Does one thing, after which the table is asked again. */
    void act(Action action) throws NotNow, StatusWriter.Conflict {
        try {
            if (action instanceof MountSessionDecision.Issue issue) {
                open(issue.reason());
            } else if (action instanceof MountSessionDecision.Revoke revoke) {
                revoke(revoke.which());
            } else {
                pass.secretActions().act(action);
            }
        } catch (NotNow e) {
            notNow(e);
        }
    }

    /** What stops every call is for the table to judge; a budget that is used up for a moment is not. */
    private void notNow(NotNow e) throws NotNow {
        switch (e.why()) {
            case ORCHESTRATOR_OUT -> {
                found.remoteProblem = Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE);
                found.budgetWait = e.waitTime();
            }
            case TOKEN_REFUSED -> pass.gathering().tokenRefused(Problem.ofAnswer("unauthorized", 401, null));
            case RATE_LIMITED -> throw e;
        }
    }

    private void open(IssueReason reason) throws NotNow, StatusWriter.Conflict {
        found.remoteOperation = SessionOperation.OPEN;
        if (reason != IssueReason.UNANSWERED) {
            pass.copyRecord();
        }
        long seconds = memory.secondsToAsk(view.spec().getTtlSeconds());
        Instant sent = pass.now();
        try {
            OpenedSession opened = pass.calls()
                    .open(workspace, new SessionRequest(view.mode(), seconds, workspace.id()), key(seconds));
            boolean mayBeAReplay = memory.mayRepeatAnother() || memory.isReplyLost();
            memory.answered();
            memory.answeredForThoseBefore();
            // The answer tells how far the server's clock is ahead.
            memory.hold(new GrantedSession(opened, sent.plus(pass.serverAhead()), seconds, reason));
            pass.succeeded(SessionOperation.CONNECT);
            judge(mayBeAReplay);
            OperatorMeter.SESSIONS_OPENED
                    .counter(services.meters(), reason.name().toLowerCase(Locale.ROOT))
                    .increment();
        } catch (OrchestratorException e) {
            refused(e, reason, seconds);
        }
    }

    private String key(long seconds) {
        SessionRecord record = pass.record();
        String before = record == null ? view.status().getSessionId() : record.sessionId();
        return IdempotencyKey.of(
                "session",
                view.uid(),
                workspace.id(),
                before,
                view.mode().wire(),
                Long.toString(seconds),
                memory.salt());
    }

    /** What was opened and is of no use is not published; the table has it revoked. */
    private void judge(boolean mayBeAReplay) {
        GrantedSession held = memory.held();
        Duration ahead = pass.serverAhead();
        GrantedSession.Fitness fitness =
                held.fitness(workspace.volumeName(), workspace.keyPrefix(), view.uid(), ahead, pass.now());
        boolean stale = fitness == GrantedSession.Fitness.STALE
                || (fitness == GrantedSession.Fitness.TOO_SHORT && mayBeAReplay);
        if (stale && !found.metStale && held.reason() != IssueReason.UNANSWERED) {
            found.metStale = true;
            memory.freshKey();
            memory.unfit(null);
            return;
        }
        if (fitness == GrantedSession.Fitness.FIT) {
            pass.succeeded(SessionOperation.OPEN);
            return;
        }
        memory.freshKey();
        long granted = Duration.between(
                        held.issuedAt(),
                        SessionRecord.wholeSecond(held.session().expiresAt()))
                .toSeconds();
        ProblemType type = fitness.problem() == null ? ProblemType.SESSION_TOO_SHORT : fitness.problem();
        memory.unfit(Problem.of(type).with(Fact.GRANTED, Long.toString(granted)));
    }

    private void refused(OrchestratorException e, IssueReason reason, long seconds) throws NotNow {
        Problem problem = RemoteProblems.of(e);
        if (mayHaveTakenEffect(e) && e.sessionId() == null) {
            memory.replyLost(seconds);
        } else if (!saysNothing(e.httpStatus())) {
            memory.answered();
            memory.freshKey();
            memory.answeredForThoseBefore();
        }
        if (e.sessionId() != null) {
            closeOrphan(e.sessionId(), pass.now().plusSeconds(seconds));
        }
        if (reason == IssueReason.UNANSWERED && !memory.mayOweAnAnswer() && !memory.isReplyLost()) {
            // Whatever it says, it opened nothing: that is all there was to learn.
            return;
        }
        if (isOfConnection(problem.type())) {
            pass.gathering().tokenRefused(problem);
        } else if (!OF_THE_WORKSPACE.contains(problem.type()) || !refutes()) {
            found.remoteProblem = problem;
        }
    }

    /** A success that cannot be read is one all the same. */
    private static boolean mayHaveTakenEffect(OrchestratorException e) {
        boolean success = e.httpStatus() >= 200 && e.httpStatus() < 300;
        return e.transport()
                || success
                || e.httpStatus() >= SERVER_FAULT
                || OrchestratorException.ANSWER_TOO_LARGE.equals(e.code());
    }

    /** It refuses the caller, or did not look at the request: a request before it may have taken effect all the same. */
    private static boolean saysNothing(int httpStatus) {
        return (httpStatus >= 300 && httpStatus < 400) || OF_THE_CALLER.contains(httpStatus);
    }

    private static boolean isOfConnection(ProblemType type) {
        return type == ProblemType.UNAUTHORIZED || type == ProblemType.FORBIDDEN;
    }

    /** An answer that cannot be used has opened a session all the same. */
    private void closeOrphan(String id, Instant endsBy) throws NotNow {
        memory.orphan(id, endsBy);
        try {
            close(id);
        } catch (OrchestratorException e) {
            // It stays known, and is revoked later.
            found.remoteOperation = SessionOperation.OPEN;
        }
    }

    private void close(String id) throws OrchestratorException, NotNow {
        pass.calls().close(id);
        memory.revoked(id);
        OperatorMeter.SESSIONS_REVOKED.counter(services.meters()).increment();
    }

    /** The Workspace's own look may be minutes old: whether it is as its object says is asked for here. */
    private boolean refutes() throws NotNow {
        try {
            Optional<RemoteWorkspace> there = pass.calls().workspace(workspace);
            boolean same = there.isPresent() && there.get().id().equals(workspace.id());
            WorkspaceState state = there.map(RemoteWorkspace::state).orElse(WorkspaceState.DELETED);
            boolean over = state == WorkspaceState.DELETED || state == WorkspaceState.DELETING;
            if (!same || over) {
                memory.refute(workspace, WorkspaceUse.VOID, pass.now().plus(services.pollInterval()));
                return true;
            }
            if (state == WorkspaceState.PENDING_FORMAT) {
                memory.refute(workspace, WorkspaceUse.NOT_ACTIVE, pass.now().plus(services.pollInterval()));
                return true;
            }
            return false;
        } catch (OrchestratorException e) {
            return false;
        }
    }

    private void revoke(Which which) throws NotNow {
        found.remoteOperation = SessionOperation.REVOKE;
        Problem unfit = memory.unfitBecause();
        for (String id : ids(which)) {
            try {
                close(id);
            } catch (OrchestratorException e) {
                found.remoteProblem = RemoteProblems.of(e);
                if (isOfConnection(found.remoteProblem.type())) {
                    pass.gathering().tokenRefused(found.remoteProblem);
                    found.remoteProblem = null;
                    return;
                }
                if (e.outage()) {
                    return;
                }
                // That one cannot be revoked must not keep the others alive.
            }
        }
        if (found.remoteProblem != null) {
            return;
        }
        pass.succeeded(SessionOperation.CONNECT);
        pass.succeeded(SessionOperation.REVOKE);
        if (which == Which.HELD) {
            // The same key would bring it again.
            memory.freshKey();
            // It was opened well; that the next one is, too, does not mean that its volume takes it.
            boolean ofItsVolume = unfit != null && unfit.row().source() == Source.METADATA;
            found.remoteOperation = ofItsVolume ? SessionOperation.PUBLISH : SessionOperation.OPEN;
            found.remoteProblem = unfit;
        }
    }

    private List<String> ids(Which which) {
        Instant serverNow = pass.now().plus(pass.serverAhead());
        return switch (which) {
            case ALL -> List.copyOf(pass.sessions().alive(serverNow).keySet());
            case REPLACED -> pass.sessions().toRevoke(serverNow);
            case HELD -> List.of(memory.held().session().id());
        };
    }
}
