package io.tonbo.artifacts.sandbox.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A TCP proxy in front of a Redis server without TLS. It remembers every command that was answered, and can do something
 * between a command's effect and its reply, or lose that reply. Knows pipelines, but neither SUBSCRIBE nor MONITOR.
 */
public final class RedisProxy implements AutoCloseable {
    private static final byte[] LOADING =
            "-LOADING Redis is loading the dataset in memory\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<RedisCommand> answered = new CopyOnWriteArrayList<>();
    private volatile Hook hook = command -> Reply.FORWARD;

    /** Called after the server replied to a command and before the client gets that reply. May take its time. */
    @FunctionalInterface
    public interface Hook {
        /**
         * @param command what was asked
         * @return what becomes of the reply
         */
        Reply afterEffect(RedisCommand command);
    }

    private RedisProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * @param serverPort of the Redis server on 127.0.0.1
     * @return the proxy, listening on a free loopback port
     */
    public static RedisProxy inFrontOf(int serverPort) {
        try {
            RedisProxy proxy = new RedisProxy(serverPort);
            proxy.run("accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /**
     * @return the port on 127.0.0.1 that clients connect to
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * @return every command that the server answered through this proxy, in that order
     */
    public List<RedisCommand> answered() {
        return List.copyOf(answered);
    }

    /**
     * @param newHook called for every command from now on, in place of the one before
     */
    public void afterEachCommand(Hook newHook) {
        hook = newHook;
    }

    /** From now on everything passes undisturbed; what was remembered stays. */
    public void heal() {
        hook = command -> Reply.FORWARD;
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(RedisProxy::closeQuietly);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server;
            try {
                server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            } catch (IOException e) {
                client.close();
                continue;
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            if (listener.isClosed()) {
                // Whoever closed the others has not seen these two.
                closeQuietly(client);
                closeQuietly(server);
                return;
            }
            BlockingQueue<RedisCommand> unanswered = new LinkedBlockingQueue<>();
            run("commands", () -> commands(client, server, unanswered));
            run("replies", () -> replies(client, server, unanswered));
        }
    }

    private void commands(Socket client, Socket server, BlockingQueue<RedisCommand> unanswered) throws IOException {
        try (client;
                server) {
            RespReader reader = new RespReader(new BufferedInputStream(client.getInputStream()));
            for (RespReader.Value value = reader.next(); value != null; value = reader.next()) {
                unanswered.add(RedisCommand.of(value.strings()));
                server.getOutputStream().write(value.bytes());
            }
        }
    }

    private void replies(Socket client, Socket server, BlockingQueue<RedisCommand> unanswered) throws IOException {
        try (client;
                server) {
            RespReader reader = new RespReader(new BufferedInputStream(server.getInputStream()));
            for (RespReader.Value value = reader.next(); value != null; value = reader.next()) {
                // A push (client-side caching) answers nothing.
                if (!value.isPush()) {
                    RedisCommand command = unanswered.poll();
                    if (command == null) {
                        // Nobody asked: whose replies the next ones are cannot be known any more.
                        return;
                    }
                    answered.add(command);
                    Reply reply = hook.afterEffect(command);
                    if (reply == Reply.DROP) {
                        return;
                    }
                    if (reply == Reply.LOADING) {
                        client.getOutputStream().write(LOADING);
                        continue;
                    }
                }
                client.getOutputStream().write(value.bytes());
            }
        } finally {
            open.remove(client);
            open.remove(server);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String what, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two sides is gone, and so is the connection.
                    }
                },
                "redis-proxy-" + port() + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed as well as it can be.
        }
    }
}
