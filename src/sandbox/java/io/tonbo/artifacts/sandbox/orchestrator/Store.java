package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;

/** The orchestrator's memory, in Redis under {@code {orchestrator}:}, out of reach of every user it mints. */
final class Store implements WorkspaceReader {
    private static final String ROOT = "{orchestrator}:";
    private static final String WORKSPACES = ROOT + "workspaces";
    private static final String SESSIONS = ROOT + "sessions";
    private static final String TOKENS = ROOT + "tokens";
    private static final String ACCOUNTS = ROOT + "accounts";
    private static final String DELETIONS = ROOT + "deletions";
    private static final String ACL_USERS = ROOT + "acl-users";
    private static final String REPLIES = ROOT + "replies";

    private final UnifiedJedis redis;

    Store(UnifiedJedis redis) {
        this.redis = redis;
    }

    long next(String counter) {
        return redis.incr(ROOT + "counter:" + counter);
    }

    // Accounts and tokens.

    /** The account's number, made on the first call. */
    long account(String handle) {
        String known = redis.hget(ACCOUNTS, handle);
        if (known == null) {
            redis.hsetnx(ACCOUNTS, handle, Long.toString(next("account")));
            known = redis.hget(ACCOUNTS, handle);
        }
        return Long.parseLong(known);
    }

    Set<String> handles() {
        return redis.hkeys(ACCOUNTS);
    }

    void saveToken(String digest, StoredToken token) {
        redis.hset(TOKENS, digest, Json.write(token));
    }

    Optional<StoredToken> token(String digest) {
        return Optional.ofNullable(redis.hget(TOKENS, digest)).map(json -> Json.read(json, StoredToken.class));
    }

    // Workspaces. The newest of a name holds it; older ones are deleted.

    void save(StoredWorkspace workspace) {
        redis.hset(WORKSPACES, workspace.id(), Json.write(workspace));
        redis.hset(names(workspace.handle()), workspace.name(), workspace.id());
        redis.zadd(rows(workspace.handle()), (double) workspace.number(), workspace.id());
    }

    /** Saves what is not the newest of its name without taking the name. */
    void update(StoredWorkspace workspace) {
        redis.hset(WORKSPACES, workspace.id(), Json.write(workspace));
    }

    Optional<StoredWorkspace> workspace(String id) {
        return Optional.ofNullable(redis.hget(WORKSPACES, id)).map(json -> Json.read(json, StoredWorkspace.class));
    }

    @Override
    public Optional<StoredWorkspace> find(String handle, String name) {
        return Optional.ofNullable(redis.hget(names(handle), name)).flatMap(this::workspace);
    }

    @Override
    public List<StoredWorkspace> page(String handle, long after, int limit, boolean withDeleted) {
        List<StoredWorkspace> page = new ArrayList<>();
        long from = after;
        while (page.size() < limit) {
            List<String> ids = redis.zrange(
                    rows(handle),
                    ZRangeParams.zrangeByScoreParams((double) (from + 1), Double.MAX_VALUE)
                            .limit(0, limit));
            if (ids.isEmpty()) {
                return page;
            }
            for (String json : redis.hmget(WORKSPACES, ids.toArray(String[]::new))) {
                StoredWorkspace row = Json.read(json, StoredWorkspace.class);
                from = row.number();
                if ((withDeleted || row.state() != WorkspaceState.DELETED) && page.size() < limit) {
                    page.add(row);
                }
            }
        }
        return page;
    }

    StaleStore snapshot() {
        return new StaleStore(redis.hvals(WORKSPACES).stream()
                .map(json -> Json.read(json, StoredWorkspace.class))
                .toList());
    }

    void deleteAt(String id, Instant due) {
        redis.zadd(DELETIONS, (double) due.toEpochMilli(), id);
    }

    List<String> deletionsDue(Instant now) {
        return redis.zrangeByScore(DELETIONS, 0, (double) now.toEpochMilli());
    }

    void deletionDone(String id) {
        redis.zrem(DELETIONS, id);
    }

    // Sessions.

    void add(StoredSession session) {
        redis.hset(SESSIONS, session.id(), Json.write(session));
        redis.sadd(openSessionsOf(session.workspaceId()), session.id());
        redis.rpush(sessionsOf(session.workspaceId()), session.id());
    }

    void ended(StoredSession session) {
        redis.hset(SESSIONS, session.id(), Json.write(session));
        redis.srem(openSessionsOf(session.workspaceId()), session.id());
    }

    Optional<StoredSession> session(String id) {
        return Optional.ofNullable(redis.hget(SESSIONS, id)).map(json -> Json.read(json, StoredSession.class));
    }

    /** Those that nobody has ended, in no order; their time may have come. */
    List<StoredSession> openSessions(String workspaceId) {
        return sessions(redis.smembers(openSessionsOf(workspaceId)));
    }

    /** All there ever were, the oldest first. */
    List<StoredSession> sessions(String workspaceId) {
        return sessions(redis.lrange(sessionsOf(workspaceId), 0, -1));
    }

    private List<StoredSession> sessions(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : redis.hmget(SESSIONS, ids.toArray(String[]::new)).stream()
                        .map(json -> Json.read(json, StoredSession.class))
                        .toList();
    }

    // ACL users: each is in this list before it exists, so that none outlives a crash.

    void expectAclUser(String user, Instant until) {
        redis.zadd(ACL_USERS, (double) until.toEpochMilli(), user);
    }

    List<String> aclUsersDue(Instant now) {
        return redis.zrangeByScore(ACL_USERS, 0, (double) now.toEpochMilli());
    }

    void aclUserGone(String user) {
        redis.zrem(ACL_USERS, user);
    }

    Optional<Instant> aclUserUntil(String user) {
        return Optional.ofNullable(redis.zscore(ACL_USERS, user)).map(score -> Instant.ofEpochMilli(score.longValue()));
    }

    // Idempotency records.

    Optional<StoredReply> reply(String scope) {
        return Optional.ofNullable(redis.get(ROOT + "reply:" + scope)).map(json -> Json.read(json, StoredReply.class));
    }

    void save(String scope, StoredReply reply) {
        redis.zadd(REPLIES, (double) reply.keptAt().toEpochMilli(), scope);
        redis.set(ROOT + "reply:" + scope, Json.write(reply));
    }

    void forgetRepliesUntil(Instant time) {
        for (String scope : redis.zrangeByScore(REPLIES, 0, (double) time.toEpochMilli())) {
            redis.del(ROOT + "reply:" + scope);
            redis.zrem(REPLIES, scope);
        }
    }

    private static String names(String handle) {
        return ROOT + "names:" + handle;
    }

    private static String rows(String handle) {
        return ROOT + "rows:" + handle;
    }

    private static String openSessionsOf(String workspaceId) {
        return ROOT + "open-sessions-of:" + workspaceId;
    }

    private static String sessionsOf(String workspaceId) {
        return ROOT + "sessions-of:" + workspaceId;
    }
}
