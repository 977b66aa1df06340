package io.tonbo.artifacts.operator.workspace;

import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.reconcile.ReconcileShell;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.WakeUps;
import java.util.List;
import java.util.Set;

/** Reconciles Workspaces, as {@link WorkspaceTable} and {@link FormatTable} decide. */
@ControllerConfiguration(
        name = "workspace",
        finalizerName = ArtifactsApi.FINALIZER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WorkspaceUpdateFilter.class))
// For adding and removing the finalizer, which the framework does: the API server may be out for longer than a few
// tries.
@GradualRetry(
        maxAttempts = ReconcileShell.FOR_EVER,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 60_000)
public class WorkspaceReconciler implements Reconciler<Workspace>, Cleaner<Workspace> {
    static final String BY_WORKSPACE_ID = "status.workspaceId";

    private final ReconcilerServices services;
    private final WakeUps<Workspace> wakeUps;
    private final ReconcileShell<Workspace, WorkspaceMemory> shell;

    /**
     * @param services what it works with
     */
    public WorkspaceReconciler(ReconcilerServices services) {
        this.services = services;
        this.wakeUps = new WakeUps<>(services.orchestrator());
        this.shell = new ReconcileShell<>(services, wakeUps, WorkspaceMemory::new, new WorkspaceKind(services));
    }

    @Override
    public List<EventSource<?, Workspace>> prepareEventSources(EventSourceContext<Workspace> context) {
        context.getPrimaryCache().addIndexer(BY_WORKSPACE_ID, workspace -> {
            String id = new WorkspaceView(workspace).recordedId();
            return id == null ? List.of() : List.of(id);
        });
        services.census().watch(Workspace.class, context.getPrimaryCache()::list);
        return List.of(wakeUps, sessions(context));
    }

    /** A Workspace that is being deleted waits for the end of its MountSessions. */
    private static EventSource<?, Workspace> sessions(EventSourceContext<Workspace> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(MountSession.class, Workspace.class)
                        .withSecondaryToPrimaryMapper(WorkspaceReconciler::workspaceOf)
                        .withOnAddFilter(session -> false)
                        .withOnUpdateFilter((now, before) -> false)
                        .build(),
                context);
    }

    private static Set<ResourceID> workspaceOf(MountSession session) {
        WorkspaceReference reference =
                session.getSpec() == null ? null : session.getSpec().getWorkspaceRef();
        return reference == null
                ? Set.of()
                : Set.of(new ResourceID(
                        reference.getName(), session.getMetadata().getNamespace()));
    }

    @Override
    public UpdateControl<Workspace> reconcile(Workspace workspace, Context<Workspace> context) {
        return shell.reconcile(workspace, context);
    }

    @Override
    public DeleteControl cleanup(Workspace workspace, Context<Workspace> context) {
        return shell.cleanup(workspace, context);
    }
}
