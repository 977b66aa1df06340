package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/**
 * A real Redis 6.2 with ACLs on a free loopback port, as a one-node cluster (stock JuiceFS recognises {@code {N}} prefixes
 * only there) that owns every slot. Nothing is written to disk. The default user keeps full rights and no password: it is
 * the administrator's.
 */
public final class SandboxRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private SandboxRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the server and waits until it owns all slots.
     *
     * @return the running server
     * @throws UncheckedIOException if it cannot be started
     */
    public static SandboxRedis start() {
        int port = freePort();
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("cluster-enabled yes")
                    .setting("cluster-config-file nodes-" + port + ".conf")
                    .setting("dir " + System.getProperty("java.io.tmpdir"))
                    .build();
            server.start();
            SandboxRedis redis = new SandboxRedis(server, port);
            redis.ownAllSlots();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start on port " + port, e);
        }
    }

    private void ownAllSlots() {
        try (Jedis admin = admin()) {
            int[] slots = new int[16384];
            for (int slot = 0; slot < slots.length; slot++) {
                slots[slot] = slot;
            }
            admin.clusterAddSlots(slots);
            while (!admin.clusterInfo().contains("cluster_state:ok")) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis started", e);
        }
    }

    private static int freePort() {
        // The cluster bus listens at port + 10000, so the port must stay below 55536.
        for (int attempt = 0; attempt < 200; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no free port on the loopback address", e);
            }
        }
        throw new IllegalStateException("no free port below 55000 on the loopback address");
    }

    /**
     * @return the TCP port on 127.0.0.1
     */
    public int port() {
        return port;
    }

    /**
     * @return a new connection of the administrator; the caller closes it
     */
    public Jedis admin() {
        return new Jedis("127.0.0.1", port);
    }

    /** Stops the server; its data is gone. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis on port " + port + " did not stop", e);
        }
    }
}
