package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The MountSession's own part of a reconcile. */
final class MountSessionKind implements ObjectKind<MountSession, SessionMemory> {
    private final ReconcilerServices services;
    private final SessionFarewell farewell;
    private final SecretStore secrets;
    private final LongSupplier objects;

    /**
     * @param services what the reconciler works with
     * @param objects how many MountSessions there are
     */
    MountSessionKind(ReconcilerServices services, LongSupplier objects) {
        this.services = services;
        this.objects = objects;
        this.farewell = new SessionFarewell(services.events(), services.meters());
        this.secrets = new SecretStore(services.client());
    }

    @Override
    public ObjectPass<MountSession> pass(MountSession session, SessionMemory memory, Context<MountSession> context) {
        return new SessionPass(services, session, memory, surroundings(session, context), farewell);
    }

    private SessionSurroundings surroundings(MountSession session, Context<MountSession> context) {
        return new SessionSurroundings(
                services.client(), workspace(context), claimants(session, context), objects.getAsLong());
    }

    private static ServedWorkspace workspace(Context<MountSession> context) {
        return new ServedWorkspace(context.getSecondaryResource(Workspace.class).orElse(null));
    }

    private static List<MountSession> claimants(MountSession session, Context<MountSession> context) {
        String secret = MountSessionReconciler.secretOf(session);
        return context.getPrimaryCache() instanceof IndexerResourceCache<MountSession> indexed
                ? indexed.byIndex(MountSessionReconciler.BY_SECRET, secret)
                : context.getPrimaryCache()
                        .list(other -> secret.equals(MountSessionReconciler.secretOf(other)))
                        .toList();
    }

    @Override
    public String watched(MountSession session, Context<MountSession> context) {
        SessionSurroundings surroundings = surroundings(session, context);
        return new Basis(services)
                .object(session)
                .requests(session, MountSessionUpdateFilter.REQUESTS)
                .and(surroundings.workspace().essence())
                .and(surroundings.olderClaim(new SessionView(session)))
                .text();
    }

    @Override
    public Basis readings(
            Basis basis,
            MountSession session,
            SessionMemory memory,
            Context<MountSession> context,
            Freshness freshness) {
        SessionView view = new SessionView(session);
        ServedWorkspace workspace = workspace(context);
        basis.and(secret(view, memory));
        return workspace.exists() ? basis.secret(view.namespace(), workspace.keysSecret(), freshness) : basis;
    }

    @Override
    public Optional<TokenSource> tokenSource(MountSession session, Context<MountSession> context) {
        ServedWorkspace workspace = workspace(context);
        return workspace.exists()
                ? Optional.of(new TokenSource(session.getMetadata().getNamespace(), workspace.connectionSecret()))
                : Optional.empty();
    }

    /** The published Secret is looked at no more often than where nothing is wrong. */
    private String secret(SessionView view, SessionMemory memory) {
        Instant now = services.clock().instant();
        if (!now.isBefore(memory.readAt().plus(services.timings().publishedPoll(objects.getAsLong())))) {
            try {
                memory.saw(secrets.read(view.namespace(), view.secretName()).orElse(null), now);
            } catch (KubernetesClientException e) {
                // What was seen last stands until the next look.
                return memory.fingerprint();
            }
        }
        return memory.fingerprint();
    }
}
