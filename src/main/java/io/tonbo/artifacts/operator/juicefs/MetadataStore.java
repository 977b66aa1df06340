package io.tonbo.artifacts.operator.juicefs;

import io.tonbo.artifacts.operator.telemetry.TraceKey;
import io.tonbo.artifacts.operator.telemetry.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.params.SetParams;

/**
 * The metadata Redis of one volume, as far as formatting needs it: a standalone server or a cluster, whose redirections are
 * followed with the same credentials. To format it sends AUTH, GET, SETNX and SET and nothing else, since a format grant
 * allows little more; above all no SELECT: the key prefix says which volume, not a database. Not for use by several threads at once.
 */
public final class MetadataStore implements AutoCloseable {
    private static final int MAX_REDIRECTIONS = 5;

    /** After the prefix; JuiceFS' own keys are {@code setting}, counters in words and letters with numbers. */
    private static final String NO_KEY = "no-key-of-any-volume";

    private final RedisConnections connections;
    private final HostAndPort seed;
    private final String keyPrefix;
    private final Traces traces;
    private HostAndPort node;
    private Jedis connection;

    private MetadataStore(RedisConnections connections, HostAndPort seed, String keyPrefix, Traces traces) {
        this.traces = traces;
        this.connections = connections;
        this.seed = seed;
        this.node = seed;
        this.keyPrefix = keyPrefix;
    }

    /**
     * @param endpoint server and credentials
     * @param keyPrefix what every key begins with; may be empty
     * @param tls what to trust, or null for the JDK's default; only used when the URL asked for TLS
     * @param timeouts deadlines
     * @return the store; the connection is made by the first call
     */
    public static MetadataStore open(
            MetadataEndpoint endpoint, String keyPrefix, SSLContext tls, MetadataTimeouts timeouts) {
        return open(endpoint, keyPrefix, tls, timeouts, Traces.OFF);
    }

    static MetadataStore open(
            MetadataEndpoint endpoint, String keyPrefix, SSLContext tls, MetadataTimeouts timeouts, Traces traces) {
        return new MetadataStore(
                RedisConnections.of(endpoint, tls, timeouts),
                new HostAndPort(endpoint.host(), endpoint.port()),
                keyPrefix,
                traces);
    }

    /**
     * @return the volume's setting, or empty when the prefix is not formatted
     * @throws MetadataException if it cannot be read
     */
    public Optional<VolumeSetting> readSetting() throws MetadataException {
        byte[] key = key(VolumeSetting.KEY);
        return Optional.ofNullable(call("read setting", redis -> redis.get(key)))
                .map(VolumeSetting::parse);
    }

    /**
     * Creates the trash and the root directory unless they are there; never changes one that is. To be done before the
     * {@linkplain #claim claim}: a volume with a setting and no root looks formatted, and stays broken for ever.
     *
     * @param now the time they are created at
     * @throws MetadataException if that cannot be written
     */
    public void createInodes(Instant now) throws MetadataException {
        byte[] trash = key(Inode.TRASH_KEY);
        byte[] root = key(Inode.ROOT_KEY);
        call("create trash", redis -> redis.setnx(trash, Inode.trash(now)));
        call("create root", redis -> redis.setnx(root, Inode.root(now)));
    }

    /**
     * Writes the setting if there is none. This is the commit point of a format, and says whose the volume is.
     *
     * @param setting ours
     * @return true if it was written, false if somebody's is there already
     * @throws MetadataException if that is not known; it may have been written then
     */
    public boolean claim(VolumeSetting setting) throws MetadataException {
        byte[] key = key(VolumeSetting.KEY);
        byte[] value = setting.encode();
        return call(
                        "claim",
                        redis -> redis.set(key, value, SetParams.setParams().nx()))
                != null;
    }

    /**
     * Whether these credentials may change anything, found out without a change: a key is deleted that no JuiceFS writes.
     *
     * @return false if the server refuses
     * @throws MetadataException if it cannot be found out
     */
    public boolean mayWrite() throws MetadataException {
        byte[] nothing = key(NO_KEY);
        try {
            call("try to write", redis -> redis.del(nothing));
            return true;
        } catch (MetadataException e) {
            if (e.kind() == MetadataException.Kind.ACCESS_DENIED) {
                return false;
            }
            throw e;
        }
    }

    private byte[] key(String rest) {
        return (keyPrefix + rest).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T call(String operation, Function<Jedis, T> command) throws MetadataException {
        try (Traces.Step step = traces.call("metadata " + operation)) {
            step.with(TraceKey.OPERATION, operation);
            try {
                return followed(command);
            } catch (RuntimeException e) {
                // Of any kind: to what is no Redis, Jedis answers with ClassCastException and the like.
                drop();
                node = seed;
                // Without the cause: its text can hold addresses and the server's words.
                MetadataException failure = RedisFailures.of(e);
                step.failed(failure.kind().name().toLowerCase(Locale.ROOT));
                throw failure;
            }
        }
    }

    private <T> T followed(Function<Jedis, T> command) throws MetadataException {
        for (int redirections = 0; redirections <= MAX_REDIRECTIONS; redirections++) {
            try {
                return command.apply(connection());
            } catch (JedisMovedDataException e) {
                drop();
                node = target(e.getTargetNode());
            } catch (JedisAskDataException e) {
                try (Jedis importing = connections.open(target(e.getTargetNode()))) {
                    importing.sendCommand(Protocol.Command.ASKING);
                    return command.apply(importing);
                } catch (JedisMovedDataException moved) {
                    drop();
                    node = target(moved.getTargetNode());
                }
            }
        }
        throw new MetadataException(
                MetadataException.Kind.UNAVAILABLE,
                "the metadata Redis cluster redirected more than " + MAX_REDIRECTIONS + " times");
    }

    /** A node that does not know its own name leaves it out: the one that was asked is meant. */
    private HostAndPort target(HostAndPort named) {
        boolean unnamed = named.getHost().isEmpty() || named.getHost().equals("?");
        return unnamed ? new HostAndPort(node.getHost(), named.getPort()) : named;
    }

    private Jedis connection() {
        if (connection == null) {
            connection = connections.open(node);
        }
        return connection;
    }

    private void drop() {
        if (connection != null) {
            try {
                connection.close();
            } catch (JedisException e) {
                // It is gone either way.
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        drop();
    }
}
