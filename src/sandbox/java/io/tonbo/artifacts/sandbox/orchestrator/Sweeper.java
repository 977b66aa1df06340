package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;
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
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-orchestrator-sweeper");
        thread.setDaemon(true);
        return thread;
    });

    private ScheduledFuture<?> sweeping;

    Sweeper(Store store, AclUsers users, Workspaces workspaces, MountSessions sessions, Locks locks) {
        this.store = store;
        this.users = users;
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.locks = locks;
    }

    /** Sweeps once, so that nothing which ended meanwhile is served, then on its own. */
    void start() {
        sweepQuietly();
        sweeping = timer.scheduleWithFixedDelay(this::sweepQuietly, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweepQuietly() {
        try {
            sweep();
        } catch (JedisException e) {
            LOG.log(System.Logger.Level.DEBUG, "Redis is away; swept later");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a defect of the sandbox's orchestrator", e);
        }
    }

    void sweep() {
        Instant now = Instant.now();
        for (String user : store.aclUsersDue(now)) {
            users.remove(user);
            sessions.forget(user);
        }
        for (String id : store.deletionsDue(now)) {
            store.workspace(id).ifPresentOrElse(this::finishDeletion, () -> store.deletionDone(id));
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
