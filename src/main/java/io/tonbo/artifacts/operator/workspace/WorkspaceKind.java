package io.tonbo.artifacts.operator.workspace;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.TokenSource;
import io.tonbo.artifacts.operator.reconcile.Basis;
import io.tonbo.artifacts.operator.reconcile.ObjectKind;
import io.tonbo.artifacts.operator.reconcile.ObjectPass;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The Workspace's own part of a reconcile. */
final class WorkspaceKind implements ObjectKind<Workspace, WorkspaceMemory> {
    private final ReconcilerServices services;
    private final WorkspaceFarewell farewell;
    private final AccountListings listings = new AccountListings();

    WorkspaceKind(ReconcilerServices services) {
        this.services = services;
        this.farewell = new WorkspaceFarewell(services.events(), services.meters());
    }

    @Override
    public ObjectPass<Workspace> pass(Workspace workspace, WorkspaceMemory memory, Context<Workspace> context) {
        WorkspaceSurroundings surroundings =
                new WorkspaceSurroundings(services.client(), holders(context), listings, sessions(context));
        return new WorkspacePass(services, workspace, memory, surroundings, farewell);
    }

    @Override
    public String watched(Workspace workspace, Context<Workspace> context) {
        return new Basis(services)
                .object(workspace)
                .requests(workspace, WorkspaceUpdateFilter.REQUESTS)
                .and(sessions(context))
                .text();
    }

    @Override
    public Basis readings(
            Basis basis, Workspace workspace, WorkspaceMemory memory, Context<Workspace> context, Freshness freshness) {
        WorkspaceView view = new WorkspaceView(workspace);
        return basis.secret(view.namespace(), view.keysSecret(), freshness);
    }

    @Override
    public Optional<TokenSource> tokenSource(Workspace workspace, Context<Workspace> context) {
        WorkspaceView view = new WorkspaceView(workspace);
        return Optional.of(new TokenSource(view.namespace(), view.connectionSecret()));
    }

    /** Names of the MountSessions that refer to the Workspace, those that are being deleted included. */
    private static List<String> sessions(Context<Workspace> context) {
        return context.getSecondaryResources(MountSession.class).stream()
                .map(session -> session.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static Function<String, List<Workspace>> holders(Context<Workspace> context) {
        return id -> context.getPrimaryCache() instanceof IndexerResourceCache<Workspace> indexed
                ? indexed.byIndex(WorkspaceReconciler.BY_WORKSPACE_ID, id)
                : context.getPrimaryCache()
                        .list(workspace -> id.equals(new WorkspaceView(workspace).recordedId()))
                        .collect(Collectors.toList());
    }
}
