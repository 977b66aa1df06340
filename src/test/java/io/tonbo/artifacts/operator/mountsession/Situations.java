package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Bounds;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Sessions;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;

/** Observations for tests, told as a sentence: {@code given().published().due().outage()}. */
final class Situations {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    /** Issued an hour ago, ends in two. */
    static final RenewalSchedule FRESH =
            new RenewalSchedule(NOW.minusSeconds(3600), NOW.plusSeconds(3600), NOW.plusSeconds(7200));

    /** To be renewed since a minute, ends in an hour. */
    static final RenewalSchedule DUE =
            new RenewalSchedule(NOW.minusSeconds(7200), NOW.minusSeconds(60), NOW.plusSeconds(3600));

    /** Ended this very moment. */
    static final RenewalSchedule EXPIRED = new RenewalSchedule(NOW.minusSeconds(10_800), NOW.minusSeconds(3600), NOW);

    private boolean deleting;
    private boolean abandoned;
    private boolean suspended;
    private boolean namespaceTerminating;
    private WorkspaceUse workspace = WorkspaceUse.ACTIVE;
    private boolean workspaceTerminating;
    private boolean otherWorkspace;
    private ProblemType connectionProblem;
    private ProblemType keysProblem;
    private ProblemType remoteProblem;
    private ProblemType publishProblem;
    private Target target = Target.ABSENT;
    private boolean targetTerminating;
    private boolean claimedByOlder;
    private RenewalSchedule schedule;
    private Sessions sessions = Sessions.NONE;
    private Held held = Held.NONE;
    private boolean reissueAsked;
    private boolean condemned;
    private Drift drift = Drift.NONE;
    private boolean restartsPending;
    private boolean restoredLately;
    private boolean unanswered;
    private Bounds bounds = Bounds.FRESH;

    /** A new MountSession of an active Workspace, with nothing in its way. */
    static Situations given() {
        return new Situations();
    }

    /** The same situation, to be changed. */
    static Situations like(MountSessionObservation o) {
        Situations same = new Situations();
        same.deleting = o.deleting();
        same.abandoned = o.abandoned();
        same.suspended = o.suspended();
        same.namespaceTerminating = o.namespaceTerminating();
        same.workspace = o.workspace();
        same.workspaceTerminating = o.workspaceTerminating();
        same.otherWorkspace = o.otherWorkspace();
        same.connectionProblem = o.connectionProblem();
        same.keysProblem = o.keysProblem();
        same.remoteProblem = o.remoteProblem();
        same.publishProblem = o.publishProblem();
        same.target = o.target();
        same.targetTerminating = o.targetTerminating();
        same.claimedByOlder = o.claimedByOlder();
        same.schedule = o.schedule();
        same.sessions = o.sessions();
        same.held = o.held();
        same.reissueAsked = o.reissueAsked();
        same.condemned = o.condemned();
        same.drift = o.drift();
        same.restartsPending = o.restartsPending();
        same.restoredLately = o.restoredLately();
        same.unanswered = o.unanswered();
        same.bounds = o.bounds();
        return same;
    }

    /** The session in memory was written to the Secret. */
    Situations nowPublished(boolean forCause) {
        held = Held.NONE;
        otherWorkspace = false;
        targetTerminating = false;
        reissueAsked = false;
        condemned = condemned || forCause;
        drift = Drift.NONE;
        restartsPending = true;
        return published();
    }

    Situations nothingInMemory() {
        held = Held.NONE;
        return this;
    }

    Situations nothingCondemned() {
        condemned = false;
        return this;
    }

    Situations restarted() {
        restartsPending = false;
        return this;
    }

    Situations deleting() {
        deleting = true;
        return this;
    }

    Situations abandoned() {
        abandoned = true;
        return this;
    }

    Situations suspended() {
        suspended = true;
        return this;
    }

    Situations namespaceTerminating() {
        namespaceTerminating = true;
        return this;
    }

    Situations workspace(WorkspaceUse use) {
        workspace = use;
        return this;
    }

    Situations workspaceTerminating() {
        workspaceTerminating = true;
        return this;
    }

    Situations ofAnotherWorkspace() {
        otherWorkspace = true;
        return this;
    }

    Situations noConnection(ProblemType why) {
        connectionProblem = why;
        return this;
    }

    Situations noKeys() {
        keysProblem = ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING;
        return this;
    }

    Situations outage() {
        return remote(ProblemType.ORCHESTRATOR_UNREACHABLE);
    }

    Situations remote(ProblemType why) {
        remoteProblem = why;
        return this;
    }

    Situations notPublishable(ProblemType why) {
        publishProblem = why;
        return this;
    }

    /** The Secret is as we wrote it, and its session lives. */
    Situations published() {
        return target(Target.INTACT).session(FRESH);
    }

    Situations due() {
        return session(DUE);
    }

    Situations expired() {
        sessions = Sessions.ENDED;
        schedule = EXPIRED;
        return this;
    }

    Situations session(RenewalSchedule life) {
        schedule = life;
        sessions = Sessions.ALIVE;
        return this;
    }

    Situations revoked() {
        schedule = null;
        sessions = Sessions.ENDED;
        return this;
    }

    Situations target(Target what) {
        target = what;
        return this;
    }

    Situations targetTerminating() {
        targetTerminating = true;
        return this;
    }

    Situations claimedByOlder() {
        claimedByOlder = true;
        return this;
    }

    Situations inMemory(Held fitness) {
        held = fitness;
        sessions = Sessions.ALIVE;
        return this;
    }

    Situations reissueAsked() {
        reissueAsked = true;
        return this;
    }

    Situations condemned() {
        condemned = true;
        return this;
    }

    Situations drift(Drift how) {
        drift = how;
        return this;
    }

    Situations restartsPending() {
        restartsPending = true;
        return this;
    }

    Situations restoredLately() {
        restoredLately = true;
        return this;
    }

    Situations unanswered() {
        unanswered = true;
        return this;
    }

    Situations answered() {
        unanswered = false;
        return this;
    }

    Situations after(boolean connectionBound, boolean remoteBound) {
        bounds = new Bounds(connectionBound, remoteBound);
        return this;
    }

    MountSessionObservation build() {
        return new MountSessionObservation(
                deleting,
                abandoned,
                suspended,
                namespaceTerminating,
                workspace,
                workspaceTerminating,
                otherWorkspace,
                connectionProblem,
                keysProblem,
                remoteProblem,
                publishProblem,
                target,
                targetTerminating,
                claimedByOlder,
                schedule,
                sessions,
                held,
                reissueAsked,
                condemned,
                drift,
                restartsPending,
                restoredLately,
                unanswered,
                bounds,
                NOW);
    }
}
