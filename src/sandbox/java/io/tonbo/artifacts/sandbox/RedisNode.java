package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/**
 * One Redis node in cluster mode on a free loopback port. It owns no slots yet. What a node must write goes to a directory of
 * its own: the file that says who is in the cluster would else be found by the next node on the same port.
 */
public final class RedisNode implements AutoCloseable {
    private static final int STARTS = 3;
    private static final int BUS_OFFSET = 10_000;

    private final RedisServer server;
    private final int port;
    private final Path directory;

    private RedisNode(RedisServer server, int port, Path directory) {
        this.server = server;
        this.port = port;
        this.directory = directory;
    }

    /**
     * @return a running node
     * @throws UncheckedIOException if none can be started
     */
    public static RedisNode start() {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return start(port);
            } catch (IOException e) {
                // Somebody may have taken the port just now.
                if (attempt == STARTS) {
                    throw new UncheckedIOException("Redis did not start on port " + port, e);
                }
            }
        }
    }

    private static RedisNode start(int port) throws IOException {
        Path directory = Files.createTempDirectory("sandbox-redis");
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("cluster-enabled yes")
                .setting("cluster-config-file nodes.conf")
                .setting("dir " + directory)
                .build();
        RedisNode node = new RedisNode(server, port, directory);
        try {
            server.start();
            return node;
        } catch (IOException e) {
            node.deleteDirectory();
            throw e;
        }
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port + BUS_OFFSET <= 65_535 && isFree(port + BUS_OFFSET)) {
                    return port;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no free port on the loopback address", e);
            }
        }
        throw new IllegalStateException("no free port below 55536 on the loopback address");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
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

    /** Stops the node; its data is gone. */
    @Override
    public void close() {
        try {
            server.stop();
            deleteDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis on port " + port + " did not stop", e);
        }
    }

    private void deleteDirectory() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
