package io.tonbo.artifacts.operator.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/**
 * The last connection that the orchestrator accepted for each object, in memory only, for cleaning up when the Secret is
 * gone before the object is, as when a namespace is deleted. Bounded; lost with the process.
 */
public final class LastTokens {
    private static final int MOST = 50_000;

    private final Cache<String, Connection> connections =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * @param uid the object's uid
     * @param connection what was accepted
     */
    public void remember(String uid, Connection connection) {
        connections.put(uid, connection);
    }

    /**
     * @param uid the object's uid
     * @return what was last accepted for it
     */
    public Optional<Connection> get(String uid) {
        return Optional.ofNullable(connections.getIfPresent(uid));
    }

    /**
     * @param uid uid of an object that has been released
     */
    public void forget(String uid) {
        connections.invalidate(uid);
    }
}
