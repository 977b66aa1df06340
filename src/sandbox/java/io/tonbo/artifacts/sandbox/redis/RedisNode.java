package io.tonbo.artifacts.sandbox.redis;

import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * One Redis node in cluster mode on a free loopback port. It owns no slots yet. What a node must write goes to a directory of
 * its own: the file that says who is in the cluster would else be found by the next node on the same port. Ends with this
 * JVM, however that ends.
 */
public final class RedisNode implements AutoCloseable {
    private static final int STARTS = 3;
    private static final int BUS_OFFSET = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SupervisedProcess process;
    private final int port;
    private final Path directory;

    private RedisNode(SupervisedProcess process, int port, Path directory) {
        this.process = process;
        this.port = port;
        this.directory = directory;
    }

    /**
     * @return a running node, its files in a temporary directory
     * @throws UncheckedIOException if none can be started
     */
    public static RedisNode start() {
        return start(() -> Files.createTempDirectory("sandbox-redis"));
    }

    /**
     * @param parent directory below which the node has one of its own
     * @return a running node
     * @throws UncheckedIOException if none can be started
     */
    public static RedisNode start(Path parent) {
        return start(() -> Files.createTempDirectory(parent, "redis"));
    }

    private static RedisNode start(Place place) {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return start(port, place.make());
            } catch (IOException e) {
                // Somebody may have taken the port just now.
                if (attempt == STARTS) {
                    throw new UncheckedIOException("Redis did not start on port " + port, e);
                }
            }
        }
    }

    private static RedisNode start(int port, Path directory) throws IOException {
        File program =
                ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
        ProcessBuilder command = new ProcessBuilder(
                program.toString(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--cluster-enabled",
                "yes",
                "--cluster-config-file",
                "nodes.conf",
                "--dir",
                directory.toString());
        RedisNode node = new RedisNode(
                SupervisedProcess.start("Redis", command, directory.resolve("redis.log")), port, directory);
        try {
            node.awaitStarted();
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void awaitStarted() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(process.obituary());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Redis started", e);
            }
        }
    }

    private boolean answers() {
        try (Jedis jedis = admin()) {
            return jedis.ping().equals("PONG");
        } catch (JedisException e) {
            return false;
        }
    }

    /** Makes the directory of a node. */
    @FunctionalInterface
    private interface Place {
        Path make() throws IOException;
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = LoopbackPort.free();
            if (port + BUS_OFFSET <= 65_535 && LoopbackPort.isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port below 55536 on the loopback address");
    }

    /**
     * @return the TCP port on 127.0.0.1
     */
    public int port() {
        return port;
    }

    /**
     * @return the process
     */
    public SupervisedProcess process() {
        return process;
    }

    /**
     * @return a new connection of the administrator; the caller closes it
     */
    public Jedis admin() {
        return new Jedis("127.0.0.1", port);
    }

    /** Stops the node; its data is gone. Can be called again. */
    @Override
    public void close() {
        process.close();
        try {
            deleteDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("leftovers of Redis in " + directory, e);
        }
    }

    private void deleteDirectory() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
