package io.tonbo.artifacts.operator.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Source;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.workspace.WorkspaceMemory.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles Workspaces: a thin shell around {@link WorkspaceTable} and {@link FormatTable}. Never throws for what is wrong
 * remotely or with the object; the framework's own retry is for nothing but faults of the API server.
 */
@ControllerConfiguration(
        name = "workspace",
        finalizerName = ArtifactsApi.FINALIZER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WorkspaceUpdateFilter.class))
public class WorkspaceReconciler implements Reconciler<Workspace>, Cleaner<Workspace> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceReconciler.class);
    private static final String BY_WORKSPACE_ID = "status.workspaceId";
    /** Longer than the longest poll interval; an object whose finalizer somebody took off is never said goodbye to. */
    private static final Duration MEMORY_KEPT = Duration.ofHours(49);

    private final WorkspaceServices services;
    private final WorkspaceFarewell farewell;
    private final AccountListings listings = new AccountListings();
    private final Cache<String, WorkspaceMemory> memories =
            Caffeine.newBuilder().expireAfterAccess(MEMORY_KEPT).build();
    private final WakeUps wakeUps;

    /**
     * @param services what it works with
     */
    public WorkspaceReconciler(WorkspaceServices services) {
        this.services = services;
        this.farewell = new WorkspaceFarewell(services.events(), services.meters());
        this.wakeUps = new WakeUps(services.orchestrator());
    }

    @Override
    public List<EventSource<?, Workspace>> prepareEventSources(EventSourceContext<Workspace> context) {
        context.getPrimaryCache().addIndexer(BY_WORKSPACE_ID, workspace -> {
            String id = new WorkspaceView(workspace).recordedId();
            return id == null ? List.of() : List.of(id);
        });
        return List.of(wakeUps);
    }

    @Override
    public UpdateControl<Workspace> reconcile(Workspace workspace, Context<Workspace> context) {
        Duration lookAgain = run(workspace, context).lookAgain();
        UpdateControl<Workspace> control = UpdateControl.noUpdate();
        return lookAgain == null ? control : control.rescheduleAfter(lookAgain);
    }

    @Override
    public DeleteControl cleanup(Workspace workspace, Context<Workspace> context) {
        Visit visit = run(workspace, context);
        if (visit.released()) {
            memories.invalidate(workspace.getMetadata().getUid());
            services.lastTokens().forget(workspace.getMetadata().getUid());
            return DeleteControl.defaultDelete();
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(visit.lookAgain());
    }

    private record Visit(boolean released, Duration lookAgain) {}

    private Visit run(Workspace seen, Context<Workspace> context) {
        WorkspaceMemory memory = memories.get(seen.getMetadata().getUid(), uid -> new WorkspaceMemory());
        Workspace workspace = memory.freshest(seen);
        WorkspaceView view = new WorkspaceView(workspace);
        memory.failures().inherit(view.status().getLastError());
        Basis basis = new Basis(services);
        Instant now = services.clock().instant();
        Hold hold = memory.hold();
        if (hold != null
                && now.isBefore(hold.until())
                && !over(hold)
                && hold.basis().equals(basis.of(view))) {
            return hold(ResourceID.fromResource(workspace), hold, Duration.between(now, hold.until()));
        }
        memory.holdUntil(null);
        wakeUps.remove(ResourceID.fromResource(workspace));
        WorkspaceSurroundings surroundings = new WorkspaceSurroundings(services.client(), holders(context), listings);
        try (WorkspacePass pass = new WorkspacePass(services, workspace, memory, surroundings)) {
            return finish(pass, memory, basis);
        } catch (KubernetesClientException e) {
            LOG.warn("{}/{}: the API server answered HTTP {}", view.namespace(), view.objectName(), e.getCode());
            return new Visit(false, services.timings().scale(Duration.ofSeconds(5)));
        }
    }

    private Visit finish(WorkspacePass pass, WorkspaceMemory memory, Basis basis) {
        long recoveries = wakeUps.recoveries();
        WorkspacePass.Result result = attempt(pass);
        WorkspaceView view = pass.view();
        LOG.debug("{}/{}: {}", view.namespace(), view.objectName(), pass.rows());
        if (result.farewell() != null) {
            farewell.say(view, pass.found().remote, result.farewell());
            return new Visit(true, null);
        }
        Outcome outcome = result.outcome();
        try {
            pass.report(outcome);
        } catch (StatusWriter.Conflict e) {
            memory.forgetWritten();
            return new Visit(false, Duration.ofMillis(50));
        }
        if (outcome instanceof Outcome.Failed failed && outcome.lookAgain().compareTo(Duration.ZERO) > 0) {
            Instant until = services.clock().instant().plus(outcome.lookAgain());
            Hold hold = new Hold(
                    basis.of(pass.view()), until, cause(failed.failure().problem()), recoveries);
            memory.holdUntil(hold);
            return hold(ResourceID.fromResource(pass.view().object()), hold, outcome.lookAgain());
        }
        if (outcome.lookAgain() == null) {
            return new Visit(false, view.deleting() ? services.pollInterval() : null);
        }
        return new Visit(false, atLeastAMoment(outcome.lookAgain()));
    }

    /** Signs on to be woken first and looks afterwards, so that an end in between is not missed. */
    private Visit hold(ResourceID workspace, Hold hold, Duration untilAttempt) {
        wakeUps.add(workspace, hold.cause());
        return new Visit(false, over(hold) ? Duration.ofMillis(1) : nextVisit(untilAttempt));
    }

    /** Of a refused token the basis of the wait tells. */
    private boolean over(Hold hold) {
        return hold.cause() == WakeUps.Cause.ORCHESTRATOR && hold.recoveries() != wakeUps.recoveries();
    }

    private static WakeUps.Cause cause(Problem problem) {
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            return WakeUps.Cause.TOKEN;
        }
        return problem.row().source() == Source.TRANSPORT ? WakeUps.Cause.ORCHESTRATOR : WakeUps.Cause.TIME;
    }

    /** A fault of our own in one object's reconcile must neither stop the kind nor go unseen. */
    private WorkspacePass.Result attempt(WorkspacePass pass) {
        try {
            return pass.run();
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "{}/{}: fault in rows {}: {}",
                    pass.view().namespace(),
                    pass.view().objectName(),
                    pass.rows(),
                    e.getClass().getName(),
                    new FaultTrace(e));
            Outcome fault = pass.failed(Operation.SETTLE, Problem.of(ProblemType.OPERATOR_FAULT));
            return new WorkspacePass.Result(fault, null);
        }
    }

    /** A change of a Secret is noticed in this time, however far off the next attempt is. */
    private Duration nextVisit(Duration untilAttempt) {
        Duration poll = services.timings().blockedPoll();
        return atLeastAMoment(untilAttempt.compareTo(poll) < 0 ? untilAttempt : poll);
    }

    /** To the framework, a reschedule after nothing is none. */
    private static Duration atLeastAMoment(Duration wait) {
        return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
    }

    private static Function<String, List<Workspace>> holders(Context<Workspace> context) {
        return id -> context.getPrimaryCache() instanceof IndexerResourceCache<Workspace> indexed
                ? indexed.byIndex(BY_WORKSPACE_ID, id)
                : context.getPrimaryCache()
                        .list(workspace -> id.equals(new WorkspaceView(workspace).recordedId()))
                        .collect(Collectors.toList());
    }
}
