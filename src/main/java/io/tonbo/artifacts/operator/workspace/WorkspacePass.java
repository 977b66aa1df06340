package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Standing;
import io.tonbo.artifacts.operator.reconcile.ObjectPass;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reconcile of one Workspace: observe, ask the table, do what it says, and where something new was learnt, again, so
 * that an undisturbed create is one pass.
 */
final class WorkspacePass implements ObjectPass<Workspace> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspacePass.class);
    /** More steps than any way through the tables has. */
    private static final int MOST_STEPS = 12;

    private final ReconcilerServices services;
    private final WorkspaceMemory memory;
    private final WorkspaceSurroundings surroundings;
    private final WorkspaceFarewell farewell;
    private final List<String> rows = new ArrayList<>();
    private WorkspaceView view;
    private Findings found;
    private Gathering gathering;
    private VolumeSteps volume;
    private final FormatConfirmation confirmation;

    WorkspacePass(
            ReconcilerServices services,
            Workspace workspace,
            WorkspaceMemory memory,
            WorkspaceSurroundings surroundings,
            WorkspaceFarewell farewell) {
        this.services = services;
        this.farewell = farewell;
        this.memory = memory;
        this.surroundings = surroundings;
        this.confirmation = new FormatConfirmation(this, memory);
        see(workspace);
    }

    /** Another view of the object: everything that was decided on the old one is open again. */
    private void see(Workspace workspace) {
        if (volume != null) {
            volume.close();
        }
        view = new WorkspaceView(workspace);
        found = new Findings();
        gathering = new Gathering(services, view, memory, found, surroundings.listings());
        volume = new VolumeSteps(services.volumes(), view, gathering::credentials, found);
    }

    WorkspaceView view() {
        return view;
    }

    @Override
    public Workspace object() {
        return view.object();
    }

    @Override
    public Outcome fault() {
        return failed(Operation.SETTLE, Problem.of(ProblemType.OPERATOR_FAULT));
    }

    Findings found() {
        return found;
    }

    RemoteSteps remote() {
        return gathering.remote();
    }

    FormatConfirmation confirmation() {
        return confirmation;
    }

    /** What a call that fails was for. */
    void doing(Operation operation) {
        gathering.doing(operation);
    }

    VolumeSteps volume() {
        return volume;
    }

    Instant now() {
        return services.clock().instant();
    }

    @Override
    public List<String> rows() {
        return rows;
    }

    void trace(String row) {
        rows.add(row);
    }

    @Override
    public Result run() {
        for (int step = 0; step < MOST_STEPS; step++) {
            try {
                Optional<Result> result = step();
                if (result.isPresent()) {
                    return result.get();
                }
            } catch (StatusWriter.Conflict e) {
                Workspace live = surroundings.live(view);
                if (live == null) {
                    return new Result(new Outcome.Unchanged(Duration.ofSeconds(1)), null);
                }
                memory.forgetWritten();
                see(live);
            } catch (NotNow e) {
                return new Result(later(e), null);
            } catch (OrchestratorException e) {
                if (!view.deleting()) {
                    return new Result(failed(gathering.underWay(), RemoteProblems.of(e)), null);
                }
                // For how long a deletion puts up with it is for the table to say.
                gathering.refused(RemoteProblems.of(e));
            }
        }
        // No way through the tables is this long: something changes as fast as it is looked at.
        return new Result(fault(), null);
    }

    private Optional<Result> step() throws OrchestratorException, NotNow, StatusWriter.Conflict {
        List<String> sessions = surroundings.sessions();
        if (!WorkspaceObserver.decidesAlone(view, sessions)) {
            gathering.gather(now());
        }
        WorkspaceObservation observation = new WorkspaceObserver(
                        services.timings(), services.started().get())
                .observe(
                        view,
                        memory,
                        found,
                        gathering.connectionProblem(),
                        surroundings.cluster(view, found.remote, sessions),
                        gathering.serverAhead(),
                        now());
        WorkspaceDecision decision = WorkspaceTable.decide(observation);
        trace(decision.row());
        if (decision.action() instanceof WorkspaceDecision.Release release) {
            WorkspaceView let = view;
            RemoteWorkspace there = found.remote;
            return Optional.of(new Result(null, () -> farewell.say(let, there, release.farewell())));
        }
        return new WorkspaceActions(this, services, memory, gathering)
                .act(decision.action())
                .map(outcome -> new Result(outcome, null));
    }

    private Outcome later(NotNow e) {
        return switch (e.why()) {
            case RATE_LIMITED -> new Outcome.Unchanged(e.waitTime());
            case TOKEN_REFUSED -> failed(Operation.CONNECT, gathering.tokenRefused());
            case ORCHESTRATOR_OUT -> failed(Operation.OBSERVE, Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE));
        };
    }

    /** Names of the MountSessions that refer to the Workspace. */
    List<String> sessions() {
        return surroundings.sessions();
    }

    /** The object of this namespace that holds the same remote workspace, or null. */
    String holder() {
        return surroundings.holder(view, found.remote);
    }

    Outcome.Failed failed(Operation operation, Problem problem) {
        boolean keepReady = !view.deleting()
                && view.recorded() == Recorded.ACTIVE
                && problem.row().standing() == Standing.RECONCILING;
        return new WorkspaceFailures(services.failures())
                .failed(view, memory, operation, problem, found.remote, keepReady, now());
    }

    void succeeded(Operation operation) {
        memory.failures().succeeded(operation.name());
    }

    /** A grant of today; when the workspace is gone meanwhile, this reserves a new one. */
    void fetchGrant() throws OrchestratorException, NotNow {
        gathering.doing(Operation.RESERVE);
        volume.closeMetadata();
        boolean reservedAnew = remote().fetchGrant(now());
        succeeded(Operation.RESERVE);
        if (reservedAnew && (view.deleting() || view.recorded() == Recorded.ACTIVE)) {
            // We only meant to look: nobody wants an empty workspace in the place of one that is gone.
            remote().delete(now());
        }
    }

    void grantProvedDead() {
        memory.provedDead(found.remote.id());
        memory.dropGrant();
    }

    /** Records whose workspace this is, once it is claimed and before anybody is told that it is formatted. */
    void record() throws StatusWriter.Conflict {
        if (view.recorded() != Recorded.NONE && found.remote.id().equals(view.recordedId())) {
            return;
        }
        String address = WorkspaceView.address(found.remote);
        Outcome recorded = found.remote.state() == WorkspaceState.ACTIVE
                ? new Outcome.Progressing("Recording", address + " is active and is being taken over.", null)
                : new Outcome.Progressing("Formatting", "The volume of " + address + " is being formatted.", null);
        WorkspaceStatus status =
                StatusDraft.of(view, found, recorded, now(), services.timings()).status();
        view = new WorkspaceView(write(status));
        gathering.sees(view);
        found.sole = Known.UNKNOWN;
    }

    /** Asked before too, to spare a record that would be taken back. What counts is the answer after it. */
    Optional<Outcome> recordUnlessHeld() throws StatusWriter.Conflict {
        checkHolders();
        if (found.sole == Known.NO) {
            return Optional.of(yieldToRival());
        }
        record();
        return Optional.empty();
    }

    private Workspace write(WorkspaceStatus status) throws StatusWriter.Conflict {
        Workspace written = services.statusWriter().write(view.object(), status);
        memory.wrote(written);
        return written;
    }

    @Override
    public void report(Outcome outcome) throws StatusWriter.Conflict {
        StatusDraft draft = StatusDraft.of(view, found, outcome, now(), services.timings());
        view = new WorkspaceView(write(draft.status()));
        draft.announcements().forEach(this::announce);
    }

    private void announce(Announcement news) {
        LOG.info("{}/{}: {}: {}", view.namespace(), view.objectName(), news.reason(), news.note());
        services.events().record(view.object(), news);
    }

    @Override
    public void refresh() {
        memory.wrote(surroundings.live(view));
    }

    /** What we recorded, nobody else has recorded: asked of the API server, once our own record is there. */
    void checkHolders() {
        found.sole = surroundings.soleHolder(view, found.remote.id()) ? Known.YES : Known.NO;
    }

    /** Another object holds the workspace. */
    Outcome yieldToRival() {
        found.yielded = true;
        return failed(Operation.SETTLE, WorkspaceFailures.heldBy(holder()));
    }

    /** The object as it is now, read from the API server, still wants what is about to be confirmed, and it alone. */
    boolean stillWanted() throws StatusWriter.Conflict {
        Workspace live = surroundings.live(view);
        if (live == null) {
            throw new StatusWriter.Conflict("the object is gone", null);
        }
        WorkspaceView now = new WorkspaceView(live);
        boolean same = now.generation() == view.generation()
                && !now.deleting()
                && found.remote.id().equals(now.recordedId());
        if (!same) {
            memory.forgetWritten();
            see(live);
            return false;
        }
        checkHolders();
        return found.sole == Known.YES;
    }

    /** Active, ours, and what the spec asks for. */
    Outcome ready() {
        memory.failures().clear();
        String message = WorkspaceView.address(found.remote) + " is active; its objects lie in s3://"
                + view.storage().getBucket() + "/" + found.remote.volumeName() + "/.";
        return new Outcome.Done("Active", message, services.pollInterval());
    }

    @Override
    public void close() {
        volume.close();
    }
}
