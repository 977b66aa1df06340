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
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
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
// For adding and removing the finalizer, which the framework does: the API server may be out for longer than a few
// tries.
@GradualRetry(
        maxAttempts = WorkspaceReconciler.FOR_EVER,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 60_000)
public class WorkspaceReconciler implements Reconciler<Workspace>, Cleaner<Workspace> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceReconciler.class);
    /** To the framework, this many attempts are no bound. */
    static final int FOR_EVER = -1;

    private static final String BY_WORKSPACE_ID = "status.workspaceId";
    /** Longer than the longest poll interval; an object whose finalizer somebody took off is never said goodbye to. */
    private static final Duration MEMORY_KEPT = Duration.ofHours(49);

    private static final Duration RELEASE_KEPT = Duration.ofHours(1);
    private static final int MOST_RELEASED = 100_000;
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final WorkspaceServices services;
    private final WorkspaceFarewell farewell;
    private final AccountListings listings = new AccountListings();
    private final Cache<String, WorkspaceMemory> memories =
            Caffeine.newBuilder().expireAfterAccess(MEMORY_KEPT).build();
    private final Cache<String, Boolean> released = Caffeine.newBuilder()
            .maximumSize(MOST_RELEASED)
            .expireAfterAccess(RELEASE_KEPT)
            .build();
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
        String uid = workspace.getMetadata().getUid();
        if (released.getIfPresent(uid) != null) {
            // The framework comes again when the API server did not take the finalizer off.
            return DeleteControl.defaultDelete();
        }
        Visit visit = run(workspace, context);
        if (visit.released() != null) {
            visit.released().run();
            released.put(uid, true);
            memories.invalidate(uid);
            services.lastTokens().forget(uid);
            return DeleteControl.defaultDelete();
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(visit.lookAgain());
    }

    private record Visit(Runnable released, Duration lookAgain) {}

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
            Visit visit = finish(pass, memory, basis);
            memory.apiServer().succeeded();
            return visit;
        } catch (KubernetesClientException e) {
            ApiServerBackoff backoff = memory.apiServer();
            backoff.failed(e).ifPresent(what -> LOG.warn("{}/{}: {}", view.namespace(), view.objectName(), what));
            return new Visit(
                    null,
                    services.timings().scale(backoff.next(services.failures().random())));
        }
    }

    private Visit finish(WorkspacePass pass, WorkspaceMemory memory, Basis basis) {
        long recoveries = wakeUps.recoveries();
        WorkspacePass.Result result = attempt(pass);
        WorkspaceView view = pass.view();
        LOG.debug("{}/{}: {}", view.namespace(), view.objectName(), pass.rows());
        if (result.farewell() != null) {
            // Found to be deleted in the middle of a reconcile: the framework calls for the cleanup next.
            RemoteWorkspace remote = pass.found().remote;
            return new Visit(() -> farewell.say(view, remote, result.farewell()), A_MOMENT);
        }
        Outcome outcome = result.outcome();
        try {
            pass.report(outcome);
        } catch (StatusWriter.Conflict e) {
            // Not from the cache, which may still lag behind.
            pass.refresh();
            return new Visit(null, A_MOMENT);
        }
        if (outcome instanceof Outcome.Failed failed && outcome.lookAgain().compareTo(Duration.ZERO) > 0) {
            Instant until = services.clock().instant().plus(outcome.lookAgain());
            Hold hold = new Hold(
                    basis.of(pass.view()), until, cause(failed.failure().problem()), recoveries);
            memory.holdUntil(hold);
            return hold(ResourceID.fromResource(pass.view().object()), hold, outcome.lookAgain());
        }
        if (outcome.lookAgain() == null) {
            return new Visit(null, view.deleting() ? services.pollInterval() : null);
        }
        return new Visit(null, atLeastAMoment(outcome.lookAgain()));
    }

    /** Signs on to be woken first and looks afterwards, so that an end in between is not missed. */
    private Visit hold(ResourceID workspace, Hold hold, Duration untilAttempt) {
        wakeUps.add(workspace, hold.cause());
        return new Visit(null, over(hold) ? Duration.ofMillis(1) : nextVisit(untilAttempt));
    }

    /** Of a refused token the basis of the wait tells. */
    private boolean over(Hold hold) {
        return hold.cause() == WakeUps.Cause.ORCHESTRATOR && hold.recoveries() != wakeUps.recoveries();
    }

    private static WakeUps.Cause cause(Problem problem) {
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            return WakeUps.Cause.TOKEN;
        }
        boolean out =
                problem.row().source() == Source.TRANSPORT || problem.type() == ProblemType.DELETION_KEEPS_FAILING;
        return out ? WakeUps.Cause.ORCHESTRATOR : WakeUps.Cause.TIME;
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
