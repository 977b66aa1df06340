package io.tonbo.artifacts.operator.orchestrator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An HTTP server on a raw socket, so that a test can answer as no well-behaved server would. Keeps every request it read. */
public final class LoopbackServer implements AutoCloseable {
    /** A request as it came over the wire; header names in lower case. */
    public record Request(String method, String target, Map<String, String> headers, String body, int connection) {}

    /** Writes an answer, byte for byte; returning keeps the connection, {@link Hangup} closes it. */
    @FunctionalInterface
    public interface Answer {
        void write(Request request, OutputStream out) throws IOException;
    }

    /** Thrown by an {@link Answer} to close the connection. */
    public static final class Hangup extends IOException {}

    /** Thrown by an {@link Answer} to make of the connection a tunnel to another. */
    static final class Tunnel extends IOException {
        private final transient Socket far;

        Tunnel(Socket far) {
            this.far = far;
        }
    }

    private final ServerSocket listener;
    private final Answer answer;
    private final String scheme;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private LoopbackServer(ServerSocket listener, String scheme, Answer answer) {
        this.listener = listener;
        this.answer = answer;
        this.scheme = scheme;
        start(this::accept);
    }

    public static LoopbackServer answering(Answer answer) {
        try {
            return new LoopbackServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LoopbackServer answering(int status, String json) {
        return answering(json(status, json));
    }

    static LoopbackServer overTls(SSLContext context, Answer answer) throws IOException {
        return new LoopbackServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                "https",
                answer);
    }

    /** A complete JSON answer with a right Content-Length and the headers given, each "Name: value". */
    public static Answer json(int status, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        return bytes(status, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    static Answer bytes(int status, byte[] body, String... headers) {
        return (request, out) -> {
            out.write(head(status, "Content-Length: " + body.length, headers));
            out.write(body);
            out.flush();
        };
    }

    /** Writes this and closes the connection. */
    static Answer hangup(String written) {
        return (request, out) -> {
            out.write(utf8(written));
            out.flush();
            throw new Hangup();
        };
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] head(int status, String first, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n" + first + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    int port() {
        return listener.getLocalPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got " + requests);
        }
        return requests.get(0);
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            try {
                for (Request request = read(in, connection); request != null; request = read(in, connection)) {
                    requests.add(request);
                    answer.write(request, out);
                }
            } catch (Tunnel tunnel) {
                try (Socket far = tunnel.far) {
                    start(() -> copy(far, socket));
                    in.transferTo(far.getOutputStream());
                }
            }
        } catch (IOException e) {
            // The client went away, or a test hung up.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is closed: so is the tunnel.
        }
    }

    private static Request read(InputStream in, int connection) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(parts[0], parts[1], headers, body, connection);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) octet);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes the connections that clients keep, as a server does after a while. */
    void closeConnections() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeConnections();
    }
}
