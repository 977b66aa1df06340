package io.tonbo.artifacts.operator.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.reconcile.ObjectMemory.Hold;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between the framework and a pass: one memory for each object, waiting that ends when what it rests on changes,
 * patience with the API server, and faults that stop one object only. Never throws for what is wrong remotely or with the
 * object; the framework's own retry is for nothing but the finalizer.
 *
 * @param <R> the type of the objects
 * @param <M> what is remembered of one
 */
public final class ReconcileShell<R extends CustomResource<?, ?>, M extends ObjectMemory<R>> {
    /** To the framework, this many attempts are no bound. */
    public static final int FOR_EVER = -1;

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileShell.class);

    /** Longer than the longest poll interval; an object whose finalizer somebody took off is never said goodbye to. */
    private static final Duration MEMORY_KEPT = Duration.ofHours(49);

    private static final Duration RELEASE_KEPT = Duration.ofHours(1);
    private static final int MOST_RELEASED = 100_000;
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private final ReconcilerServices services;
    private final ObjectKind<R, M> kind;
    private final Supplier<M> newMemory;
    private final WakeUps<R> wakeUps;
    private final Cache<String, M> memories =
            Caffeine.newBuilder().expireAfterAccess(MEMORY_KEPT).build();
    private final Cache<String, Boolean> released = Caffeine.newBuilder()
            .maximumSize(MOST_RELEASED)
            .expireAfterAccess(RELEASE_KEPT)
            .build();

    /**
     * @param services what it works with
     * @param wakeUps who wakes those that wait
     * @param newMemory an empty memory
     * @param kind the resource's own part
     */
    public ReconcileShell(
            ReconcilerServices services, WakeUps<R> wakeUps, Supplier<M> newMemory, ObjectKind<R, M> kind) {
        this.services = services;
        this.wakeUps = wakeUps;
        this.newMemory = newMemory;
        this.kind = kind;
    }

    /**
     * @return about how many objects are remembered
     */
    public long objects() {
        return memories.estimatedSize();
    }

    /**
     * @param object an object that is wanted
     * @param context the framework's
     * @return when to come again
     */
    public UpdateControl<R> reconcile(R object, Context<R> context) {
        Duration lookAgain = run(object, context, false).lookAgain();
        UpdateControl<R> control = UpdateControl.noUpdate();
        return lookAgain == null ? control : control.rescheduleAfter(lookAgain);
    }

    /**
     * @param object an object that is being deleted
     * @param context the framework's
     * @return whether its finalizer may go, and when to come again if not
     */
    public DeleteControl cleanup(R object, Context<R> context) {
        String uid = object.getMetadata().getUid();
        if (released.getIfPresent(uid) != null) {
            // The framework comes again when the API server did not take the finalizer off.
            return DeleteControl.defaultDelete();
        }
        Visit visit = run(object, context, true);
        if (visit.released() != null) {
            released.put(uid, true);
            memories.invalidate(uid);
            services.lastTokens().forget(uid);
            return DeleteControl.defaultDelete();
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(visit.lookAgain());
    }

    private record Visit(Runnable released, Duration lookAgain) {}

    private Visit run(R seen, Context<R> context, boolean mayGo) {
        try (ReconcileWatch watch = new ReconcileWatch(services.telemetry(), seen)) {
            services.census().saw(seen);
            Visit visit = run(seen, context, watch);
            if (visit.released() != null) {
                if (mayGo) {
                    visit.released().run();
                } else {
                    watch.ends(ReconcileEnd.WAITING);
                }
            }
            return visit;
        }
    }

    private Visit run(R seen, Context<R> context, ReconcileWatch watch) {
        M memory = memories.get(seen.getMetadata().getUid(), uid -> newMemory.get());
        R object = memory.freshest(seen);
        memory.failures().inherit(lastError(object));
        Instant now = services.clock().instant();
        Hold hold = memory.hold();
        String watched = kind.watched(object, context);
        if (hold != null
                && now.isBefore(hold.until())
                && !over(hold)
                && hold.basis().equals(watched + readings(object, memory, context, Freshness.BLOCKED))) {
            watch.ends(ReconcileEnd.WAITING);
            return hold(ResourceID.fromResource(object), hold, Duration.between(now, hold.until()));
        }
        watch.goesOn();
        memory.holdUntil(null);
        wakeUps.remove(ResourceID.fromResource(object));
        try (ObjectPass<R> pass = kind.pass(object, memory, context)) {
            Visit visit = finish(pass, memory, context, watched, watch);
            memory.apiServer().succeeded();
            return visit;
        } catch (KubernetesClientException e) {
            watch.ends(ReconcileEnd.API_SERVER);
            ApiServerBackoff backoff = memory.apiServer();
            backoff.failed(e).ifPresent(what -> LOG.warn("{}: {}", name(object), what));
            return new Visit(
                    null,
                    services.timings().scale(backoff.next(services.failures().random())));
        } catch (RuntimeException | LinkageError e) {
            watch.ends(ReconcileEnd.FAULT);
            // Not even the status could be made up. Others are not to suffer from it.
            LOG.error("{}: fault: {}", name(object), e.getClass().getName(), new FaultTrace(e));
            return new Visit(null, services.timings().scale(AFTER_A_FAULT));
        }
    }

    private static LastError lastError(CustomResource<?, ?> object) {
        return object.getStatus() instanceof ResourceStatus status ? status.getLastError() : null;
    }

    private static String name(CustomResource<?, ?> object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }

    private Visit finish(ObjectPass<R> pass, M memory, Context<R> context, String watched, ReconcileWatch watch) {
        long recoveries = wakeUps.recoveries();
        ObjectPass.Result result = attempt(pass);
        watch.cameTo(result);
        LOG.debug("{}: {}", name(pass.object()), pass.rows());
        if (result.farewell() != null) {
            // Found to be deleted in the middle of a reconcile: the framework calls for the cleanup next.
            return new Visit(result.farewell(), A_MOMENT);
        }
        Outcome outcome = result.outcome();
        try {
            pass.report(outcome);
            services.census().saw(pass.object());
        } catch (StatusWriter.Conflict e) {
            watch.ends(ReconcileEnd.WAITING);
            // Not from the cache, which may still lag behind.
            pass.refresh();
            return new Visit(null, A_MOMENT);
        }
        if (outcome instanceof Outcome.Failed failed && outcome.lookAgain().compareTo(Duration.ZERO) > 0) {
            WakeUps.Cause cause = WakeUps.Cause.of(failed.failure().problem());
            if (cause == WakeUps.Cause.TOKEN && hasOtherToken(pass.object(), context)) {
                return new Visit(null, A_MOMENT);
            }
            Instant until = services.clock().instant().plus(outcome.lookAgain());
            Hold hold = new Hold(
                    watched + readings(pass.object(), memory, context, Freshness.SETTLED), until, cause, recoveries);
            memory.holdUntil(hold);
            return hold(ResourceID.fromResource(pass.object()), hold, outcome.lookAgain());
        }
        if (outcome.lookAgain() == null) {
            boolean deleting = pass.object().isMarkedForDeletion();
            return new Visit(null, deleting ? services.pollInterval() : null);
        }
        return new Visit(null, atLeastAMoment(outcome.lookAgain()));
    }

    /** Its connection, and what else its kind reads. */
    private String readings(R object, M memory, Context<R> context, Freshness freshness) {
        Basis basis = new Basis(services);
        kind.tokenSource(object, context).ifPresent(source -> basis.connection(source, freshness));
        return kind.readings(basis, object, memory, context, freshness).text();
    }

    /**
     * Whether a refused token was replaced meanwhile. It is read anew after a refusal, so that the basis of a wait would be
     * one that nobody has tried.
     */
    private boolean hasOtherToken(R object, Context<R> context) {
        return kind.tokenSource(object, context)
                .map(source ->
                        services.connections().resolve(source.namespace(), source.secretName(), Freshness.SETTLED))
                .filter(ConnectionState.Available.class::isInstance)
                .isPresent();
    }

    /** Signs on to be woken first and looks afterwards, so that an end in between is not missed. */
    private Visit hold(ResourceID object, Hold hold, Duration untilAttempt) {
        wakeUps.add(object, hold.cause());
        return new Visit(null, over(hold) ? Duration.ofMillis(1) : nextVisit(untilAttempt));
    }

    /** Of a refused token the basis of the wait tells. */
    private boolean over(Hold hold) {
        return hold.cause() == WakeUps.Cause.ORCHESTRATOR && hold.recoveries() != wakeUps.recoveries();
    }

    /** A fault of our own in one object's reconcile must neither stop the kind nor go unseen. */
    private ObjectPass.Result attempt(ObjectPass<R> pass) {
        try {
            return pass.run();
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "{}: fault in rows {}: {}",
                    name(pass.object()),
                    pass.rows(),
                    e.getClass().getName(),
                    new FaultTrace(e));
            return new ObjectPass.Result(pass.fault(), null);
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
}
