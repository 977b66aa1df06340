package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Takes TLS on a free loopback port and passes the plain bytes on to another, for servers that know no TLS. */
public final class SandboxTlsFront implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SandboxTlsFront(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /**
     * @param certificate the certificate to show and its key
     * @param target port on 127.0.0.1 to pass on to
     * @return the running front
     */
    public static SandboxTlsFront start(SSLContext certificate, int target) {
        try {
            ServerSocket listener = certificate
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            SandboxTlsFront front = new SandboxTlsFront(listener, target);
            front.run("tls-front", front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException("no TLS front could be started", e);
        }
    }

    /**
     * @return the TCP port on 127.0.0.1
     */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                open.add(client);
                run("tls-front-connection", () -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back = run("tls-front-back", () -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException e) {
            close(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away: so does the other.
        } finally {
            close(from);
            close(to);
        }
    }

    private Thread run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the TLS front did not close", e);
        }
        open.forEach(this::close);
    }
}
