package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a test does behind the API's back, or as another client of it. Not subject to faults; not in the call log. */
public final class SandboxAdmin {
    private static final Duration LONG = Duration.ofDays(30);

    private final Store store;
    private final Tokens tokens;
    private final AclUsers users;
    private final Workspaces workspaces;
    private final MountSessions sessions;
    private final CommandLineClient cli;
    private final Locks locks;
    private final Sweeper sweeper;
    private final Behaviour behaviour;

    SandboxAdmin(
            Store store,
            Tokens tokens,
            AclUsers users,
            Workspaces workspaces,
            MountSessions sessions,
            CommandLineClient cli,
            Locks locks,
            Sweeper sweeper,
            Behaviour behaviour) {
        this.store = store;
        this.tokens = tokens;
        this.users = users;
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.cli = cli;
        this.locks = locks;
        this.sweeper = sweeper;
        this.behaviour = behaviour;
    }

    /**
     * Makes a token that is valid for 30 days, and its account with the first one.
     *
     * @param handle the account's
     * @param kind of token
     * @return the token
     */
    public String mintToken(String handle, TokenKind kind) {
        return mintToken(handle, kind, LONG);
    }

    /**
     * @param handle the account's
     * @param kind of token
     * @param validFor may be negative: born expired
     * @return the token
     */
    public String mintToken(String handle, TokenKind kind, Duration validFor) {
        return tokens.mint(handle, kind, validFor, false);
    }

    /**
     * @param handle the account's
     * @return a service token that gets 403 for whatever changes something
     */
    public String mintReadOnlyToken(String handle) {
        return tokens.mint(handle, TokenKind.SERVICE, LONG, true);
    }

    /**
     * From now on the token is answered 401, whatever its {@code exp} claim says.
     *
     * @param token one of this server's
     */
    public void expireToken(String token) {
        tokens.expire(token);
    }

    /**
     * From now on the token is answered 401.
     *
     * @param token one of this server's
     */
    public void revokeToken(String token) {
        tokens.revoke(token);
    }

    /**
     * @param handle the account's
     * @return all its workspaces as stored, the oldest first, deleted ones included
     */
    public List<StoredWorkspace> workspaces(String handle) {
        return store.page(handle, 0, Integer.MAX_VALUE, true);
    }

    /**
     * @param handle the account's
     * @param name the workspace's
     * @return the newest of that name as stored, also when it is deleted
     */
    public Optional<StoredWorkspace> workspace(String handle, String name) {
        return store.find(handle, name);
    }

    /**
     * @param handle the account's
     * @param name the workspace's
     * @return its sessions that are live, in no order
     */
    public List<StoredSession> sessions(String handle, String name) {
        return now(store.openSessions(theOne(handle, name).id()))
                .filter(StoredSession::live)
                .toList();
    }

    /**
     * @param handle the account's
     * @return how many sessions of all its workspaces are live
     */
    public int liveSessions(String handle) {
        return Math.toIntExact(workspaces(handle).stream()
                .flatMap(workspace -> now(store.openSessions(workspace.id())))
                .filter(StoredSession::live)
                .count());
    }

    /**
     * @param handle the account's
     * @param name the workspace's
     * @return all sessions that the newest workspace of that name ever had, the oldest first, as they are by the clock
     */
    public List<StoredSession> sessionHistory(String handle, String name) {
        return now(store.sessions(theOne(handle, name).id())).toList();
    }

    /**
     * @param handle the account's
     * @return all sessions that it ever had, by workspace and then the oldest first, as they are by the clock
     */
    public List<StoredSession> sessionHistory(String handle) {
        return workspaces(handle).stream()
                .flatMap(workspace -> now(store.sessions(workspace.id())))
                .toList();
    }

    /**
     * @param id of a session
     * @return the session as it is by the clock; empty if there never was one
     */
    public Optional<StoredSession> session(String id) {
        return store.session(id).map(session -> session.asOf(behaviour.now()));
    }

    private Stream<StoredSession> now(List<StoredSession> stored) {
        Instant now = behaviour.now();
        return stored.stream().map(session -> session.asOf(now));
    }

    /**
     * @param metadataUrl one that this server gave
     * @return whether its user is in Redis now, whatever the clock says
     */
    public boolean userExists(String metadataUrl) {
        return users.exists(AclUsers.userOf(metadataUrl));
    }

    /**
     * @return every user that is in Redis now, the administrator left out: those of format grants begin with
     *     {@code format-}, those of sessions are {@link StoredSession#aclUser()}
     */
    public Set<String> metadataUsers() {
        return users.all();
    }

    /**
     * Ends what is over by the server's clock: when it returns, the users of sessions and grants whose time has come are gone
     * from Redis with their connections, workspaces whose deletion is due are deleted, and old idempotency keys are forgotten.
     * Waits for calls that are just changing a workspace.
     */
    public void sweep() {
        sweeper.sweep();
    }

    /**
     * Makes a workspace as the command line would, as far as it got.
     *
     * @param handle the account's
     * @param name the workspace's; must be free
     * @param storage as asked for
     * @param progress how far it got
     * @return the workspace
     */
    public StoredWorkspace makeAsCli(String handle, String name, StoredStorage storage, CliProgress progress) {
        store.account(handle);
        return locked(handle, name, () -> {
            StoredWorkspace made = workspaces.create(handle, name, storage, "interactive");
            cli.advance(made, progress);
            return progress == CliProgress.ACTIVE ? change(made, w -> w.withState(WorkspaceState.ACTIVE)) : made;
        });
    }

    /**
     * Sets the state and nothing else, as a restored backup or a defect would.
     *
     * @param handle the account's
     * @param name the workspace's
     * @param state the new one
     */
    public void forceState(String handle, String name, WorkspaceState state) {
        changeNamed(handle, name, w -> w.withState(state));
    }

    /**
     * @param handle the account's
     * @param name the workspace's
     * @param createdAt the new time of its reservation
     */
    public void forceCreatedAt(String handle, String name, Instant createdAt) {
        changeNamed(handle, name, w -> w.withCreatedAt(createdAt));
    }

    /**
     * @param handle the account's
     * @param name the workspace's
     * @param storage the new one; null: as of a managed bucket
     */
    public void forceStorage(String handle, String name, StoredStorage storage) {
        changeNamed(handle, name, w -> w.withStorage(storage));
    }

    /**
     * Deletes as somebody else with a token for it would: sessions end at once, then {@code deleting}, then gone.
     *
     * @param handle the account's
     * @param name the workspace's
     */
    public void deleteRemotely(String handle, String name) {
        locked(handle, name, () -> workspaces.delete(handle, name, null));
    }

    /**
     * Deletes at once and reserves the name anew: the same name and storage, another id.
     *
     * @param handle the account's
     * @param name the workspace's
     * @return the successor, pending_format
     */
    public StoredWorkspace replace(String handle, String name) {
        return locked(handle, name, () -> {
            StoredWorkspace old = theOne(handle, name);
            workspaces.delete(handle, name, null);
            workspaces.finishDeletion(theOne(handle, name));
            return workspaces.create(handle, name, old.storage(), old.cacheProfile());
        });
    }

    /**
     * Ends a session before its time, as the server might on its own.
     *
     * @param session one of {@link #sessions}
     */
    public void endSession(StoredSession session) {
        locked(session.handle(), session.workspaceName(), () -> {
            sessions.end(session, SessionState.ENDED_EARLY);
            return session;
        });
    }

    private void changeNamed(String handle, String name, UnaryOperator<StoredWorkspace> change) {
        locked(handle, name, () -> change(theOne(handle, name), change));
    }

    private StoredWorkspace change(StoredWorkspace workspace, UnaryOperator<StoredWorkspace> change) {
        StoredWorkspace changed = change.apply(workspace);
        store.save(changed);
        return changed;
    }

    private StoredWorkspace theOne(String handle, String name) {
        return store.find(handle, name)
                .orElseThrow(() -> new IllegalArgumentException("no workspace " + handle + "/" + name));
    }

    private <T> T locked(String handle, String name, Supplier<T> work) {
        ReentrantLock lock = locks.of(handle, name);
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
