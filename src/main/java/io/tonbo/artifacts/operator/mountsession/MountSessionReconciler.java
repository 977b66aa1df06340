package io.tonbo.artifacts.operator.mountsession;

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
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.reconcile.ReconcileShell;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.WakeUps;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reconciles MountSessions, as {@link MountSessionTable} decides. */
@ControllerConfiguration(
        name = "mountsession",
        finalizerName = ArtifactsApi.FINALIZER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = MountSessionUpdateFilter.class))
// For adding and removing the finalizer, which the framework does: the API server may be out for longer than a few
// tries.
@GradualRetry(
        maxAttempts = ReconcileShell.FOR_EVER,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 60_000)
public class MountSessionReconciler implements Reconciler<MountSession>, Cleaner<MountSession> {
    static final String BY_SECRET = "secretName";
    private static final String BY_WORKSPACE = "spec.workspaceRef.name";

    private final ReconcilerServices services;
    private final WakeUps<MountSession> wakeUps;
    private final ReconcileShell<MountSession, SessionMemory> shell;

    /**
     * @param services what it works with
     */
    public MountSessionReconciler(ReconcilerServices services) {
        this.services = services;
        this.wakeUps = new WakeUps<>(services.orchestrator());
        this.shell = new ReconcileShell<>(
                services, wakeUps, SessionMemory::new, new MountSessionKind(services, this::objects));
    }

    private long objects() {
        return shell.objects();
    }

    @Override
    public List<EventSource<?, MountSession>> prepareEventSources(EventSourceContext<MountSession> context) {
        IndexerResourceCache<MountSession> sessions = context.getPrimaryCache();
        sessions.addIndexer(BY_SECRET, session -> List.of(secretOf(session)));
        sessions.addIndexer(BY_WORKSPACE, session -> List.of(key(workspaceOf(session))));
        services.census().watch(MountSession.class, sessions::list);
        return List.of(wakeUps, workspaces(context, sessions));
    }

    /** Sessions wait for their Workspace to become active, and end with it. */
    private static EventSource<?, MountSession> workspaces(
            EventSourceContext<MountSession> context, IndexerResourceCache<MountSession> sessions) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Workspace.class, MountSession.class)
                        .withSecondaryToPrimaryMapper(workspace ->
                                sessions.byIndex(BY_WORKSPACE, key(ResourceID.fromResource(workspace))).stream()
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((MountSession session) -> Set.of(workspaceOf(session)))
                        .withOnUpdateFilter((now, before) ->
                                !new ServedWorkspace(now).essence().equals(new ServedWorkspace(before).essence()))
                        .build(),
                context);
    }

    private static ResourceID workspaceOf(MountSession session) {
        return new ResourceID(
                session.getSpec().getWorkspaceRef().getName(),
                session.getMetadata().getNamespace());
    }

    private static String key(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }

    static String secretOf(MountSession session) {
        return session.getMetadata().getNamespace() + "/" + session.secretName();
    }

    @Override
    public UpdateControl<MountSession> reconcile(MountSession session, Context<MountSession> context) {
        return shell.reconcile(session, context);
    }

    @Override
    public DeleteControl cleanup(MountSession session, Context<MountSession> context) {
        return shell.cleanup(session, context);
    }
}
