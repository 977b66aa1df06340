package io.tonbo.artifacts.sandbox.redis;

import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/**
 * A real Redis 6.2 with ACLs on a free loopback port, as a one-node cluster (stock JuiceFS recognises {@code {N}} prefixes
 * only there) that owns every slot. No data is written to disk. The default user keeps full rights and no password: it is
 * the administrator's.
 */
public final class SandboxRedis implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisNode node;

    private SandboxRedis(RedisNode node) {
        this.node = node;
    }

    /**
     * Starts the server and waits until it owns all slots.
     *
     * @return the running server
     * @throws UncheckedIOException if it cannot be started
     * @throws IllegalStateException if it does not own them in 20 s
     */
    public static SandboxRedis start() {
        return of(RedisNode.start());
    }

    /**
     * The same, with its files at a given place.
     *
     * @param parent directory below which it has one of its own
     * @return the running server
     * @throws UncheckedIOException if it cannot be started
     */
    public static SandboxRedis start(Path parent) {
        return of(RedisNode.start(parent));
    }

    private static SandboxRedis of(RedisNode node) {
        SandboxRedis redis = new SandboxRedis(node);
        try {
            redis.ownAllSlots();
            return redis;
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    private void ownAllSlots() {
        try (Jedis admin = admin()) {
            admin.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!admin.clusterInfo().contains("cluster_state:ok")) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "it does not own its slots: " + process().obituary());
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis started", e);
        }
    }

    /**
     * @return the TCP port on 127.0.0.1
     */
    public int port() {
        return node.port();
    }

    /**
     * @return the server's process
     */
    public SupervisedProcess process() {
        return node.process();
    }

    /**
     * @return a new connection of the administrator; the caller closes it
     */
    public Jedis admin() {
        return node.admin();
    }

    /** Stops the server; its data is gone. */
    @Override
    public void close() {
        node.close();
    }
}
