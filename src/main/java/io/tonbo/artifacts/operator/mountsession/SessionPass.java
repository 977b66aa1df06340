package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.reconcile.NamespaceEnd;
import io.tonbo.artifacts.operator.reconcile.ObjectPass;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One reconcile of one MountSession: observe, ask the table, do what it says, and again, until there is an outcome: so that an
 * undisturbed issue is one pass.
 */
final class SessionPass implements ObjectPass<MountSession> {
    /** More steps than any way through the table has. */
    private static final int MOST_STEPS = 12;

    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final ReconcilerServices services;
    private final SessionMemory memory;
    private final SessionSurroundings surroundings;
    private final SessionFarewell farewell;
    private final SessionFindings found = new SessionFindings();
    private final List<String> rows = new ArrayList<>();
    private final ServedWorkspace workspace;
    private final SessionGathering gathering;
    private SessionView view;
    private MountSessionObservation observation;
    private MountSessionDecision decision;

    SessionPass(
            ReconcilerServices services,
            MountSession session,
            SessionMemory memory,
            SessionSurroundings surroundings,
            SessionFarewell farewell) {
        this.services = services;
        this.view = new SessionView(session);
        this.memory = memory;
        this.surroundings = surroundings;
        this.farewell = farewell;
        this.workspace = surroundings.workspace();
        this.gathering = new SessionGathering(services, view, workspace, memory, found);
    }

    SessionView view() {
        return view;
    }

    ServedWorkspace workspace() {
        return workspace;
    }

    SessionFindings found() {
        return found;
    }

    SessionGathering gathering() {
        return gathering;
    }

    SessionCalls calls() {
        return gathering.calls();
    }

    SecretActions secretActions() {
        return new SecretActions(this, services, memory);
    }

    Instant now() {
        return services.clock().instant();
    }

    void succeeded(SessionOperation operation) {
        memory.failures().succeeded(operation.name());
    }

    private SessionObserver observer() {
        return new SessionObserver(
                services.timings(),
                services.orchestratorClient().serverTimeOffset().orElse(null),
                services.started().get());
    }

    /** The record that counts, or null. */
    SessionRecord record() {
        return SessionObserver.record(view, found, memory);
    }

    /** How far the orchestrator's clock is ahead. */
    Duration serverAhead() {
        return observer().ahead(view, record());
    }

    KnownSessions sessions() {
        return KnownSessions.of(view.status(), record(), memory);
    }

    /** Id of the session that is published, or was; null for none. */
    String current() {
        return sessions().published();
    }

    /** Id of the session in memory; null for none. */
    String heldId() {
        return memory.held() == null ? null : memory.held().session().id();
    }

    boolean reissueAsked() {
        return observation.reissueAsked();
    }

    /** What was last observed, or null. */
    MountSessionObservation observation() {
        return observation;
    }

    /** What was last decided, or null. */
    MountSessionDecision decision() {
        return decision;
    }

    /** What is to be told once the status is written. */
    List<Announcement> news() {
        return memory.news();
    }

    /** What is said of the published credential. */
    ReadyWords words() {
        return new ReadyWords(view, workspace, record(), found.content().data());
    }

    @Override
    public MountSession object() {
        return view.object();
    }

    /** Our own write made a newer version of the same object. */
    void sees(MountSession newer) {
        view = new SessionView(newer);
    }

    @Override
    public List<String> rows() {
        return rows;
    }

    private SessionOutcomes outcomes() {
        return new SessionOutcomes(this, services, memory, surroundings);
    }

    @Override
    public Result run() {
        for (int step = 0; step < MOST_STEPS; step++) {
            try {
                gathering.gather(now());
            } catch (KubernetesClientException e) {
                Outcome told = outcomes().unreadable(e);
                if (told == null) {
                    throw e;
                }
                return new Result(told, null);
            }
            decide();
            if (decision.action() instanceof MountSessionDecision.Release release) {
                return new Result(null, goodbye(release));
            }
            Outcome outcome = outcomes().of(decision.action());
            if (outcome != null) {
                return new Result(outcome, null);
            }
            try {
                new SessionActions(this, services, memory).act(decision.action());
            } catch (NotNow e) {
                return new Result(outcomes().later(e), null);
            } catch (StatusWriter.Conflict e) {
                refresh();
                return new Result(new Outcome.Unchanged(A_MOMENT), null);
            }
        }
        // No way through the table is this long: something changes as fast as it is looked at.
        return new Result(fault(), null);
    }

    private void decide() {
        SessionRecord record = record();
        if (memory.held() != null && record != null && record.sessionId().equals(heldId())) {
            // A write came through and its answer was lost.
            secretActions().published();
        }
        SessionObserver.Cluster cluster = cluster();
        if (!observer().mayHaveBeenAsked(view, workspace, memory, found, cluster, now())) {
            memory.answeredForThoseBefore();
        }
        observation = observer().observe(view, workspace, memory, found, cluster, now());
        decision = MountSessionTable.decide(observation);
        rows.add(decision.row());
    }

    private SessionObserver.Cluster cluster() {
        boolean terminating = view.deleting() && new NamespaceEnd(services.client()).terminating(view.namespace());
        return new SessionObserver.Cluster(terminating, surroundings.olderClaim(view) != null);
    }

    private Runnable goodbye(MountSessionDecision.Release release) {
        Map<String, Instant> alive = sessions().alive(now().plus(serverAhead()));
        SessionView let = view;
        SessionReport report = new SessionReport(this, services, memory);
        return () -> {
            report.tellNews();
            farewell.say(let, alive, release.farewell());
        };
    }

    @Override
    public Outcome fault() {
        return outcomes().fault();
    }

    void copyRecord() throws StatusWriter.Conflict {
        new SessionReport(this, services, memory).copyRecord();
    }

    @Override
    public void report(Outcome outcome) throws StatusWriter.Conflict {
        new SessionReport(this, services, memory).write(outcome);
    }

    @Override
    public void refresh() {
        memory.wrote(surroundings.live(view));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
