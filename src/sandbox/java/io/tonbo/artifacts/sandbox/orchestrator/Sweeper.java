package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.exceptions.JedisException;

/** Ends what is over: users whose time has come, workspaces whose deletion is due. What it goes by is in Redis. */
final class Sweeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final long EVERY_MILLIS = 50;

    private final Store store;
    private final AclUsers users;
    private final Workspaces workspaces;
    private final MountSessions sessions;
    private final Locks locks;
    private final Behaviour behaviour;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-orchestrator-sweeper");
        thread.setDaemon(true);
        return thread;
    });

    private ScheduledFuture<?> sweeping;

    Sweeper(
            Store store,
            AclUsers users,
            Workspaces workspaces,
            MountSessions sessions,
            Locks locks,
            Behaviour behaviour) {
        this.store = store;
        this.users = users;
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.locks = locks;
        this.behaviour = behaviour;
    }

    /** Sweeps once, so that nothing which ended meanwhile is served, then on its own as long as time does, too. */
    void start() {
        guarded(this::sweep);
        sweeping =
                timer.scheduleWithFixedDelay(() -> guarded(this::sweepAlong), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweepAlong() {
        if (behaviour.onSystemClock()) {
            sweep();
        }
    }

    private static void guarded(Runnable sweep) {
        try {
            sweep.run();
        } catch (JedisException e) {
            LOG.log(System.Logger.Level.DEBUG, "Redis is away; swept later");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a defect of the sandbox's orchestrator", e);
        }
    }

    /** Once: what was due when it began is gone when it returns. */
    synchronized void sweep() {
        Instant now = behaviour.now();
        store.aclUsersDue(now).forEach(this::end);
        for (String id : store.deletionsDue(now)) {
            store.workspace(id).ifPresentOrElse(this::finishDeletion, () -> store.deletionDone(id));
        }
        store.forgetRepliesUntil(now.minus(behaviour.idempotencyLasts()));
    }

    private void end(String user) {
        Optional<StoredSession> session = Access.sessionOf(user).flatMap(store::session);
        if (session.isEmpty()) {
            users.remove(user);
            return;
        }
        ReentrantLock lock = locks.of(session.get().handle(), session.get().workspaceName());
        lock.lock();
        try {
            sessions.end(session.get(), SessionState.RAN_OUT);
        } finally {
            lock.unlock();
        }
    }

    private void finishDeletion(StoredWorkspace found) {
        ReentrantLock lock = locks.of(found.handle(), found.name());
        lock.lock();
        try {
            store.workspace(found.id()).ifPresent(workspaces::finishDeletion);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the sweeper did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
