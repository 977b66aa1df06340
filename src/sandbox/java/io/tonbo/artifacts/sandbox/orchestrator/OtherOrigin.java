package io.tonbo.artifacts.sandbox.orchestrator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Another loopback origin, to which a redirect can point. Counts who followed it, and who brought a credential along. */
public final class OtherOrigin implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger credentials = new AtomicInteger();

    private OtherOrigin(HttpServer server) {
        this.server = server;
    }

    /**
     * @return a running one, on a free port
     */
    public static OtherOrigin start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OtherOrigin origin = new OtherOrigin(server);
            server.createContext("/", exchange -> {
                origin.requests.incrementAndGet();
                if (exchange.getRequestHeaders().containsKey("Authorization")) {
                    origin.credentials.incrementAndGet();
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return origin;
        } catch (IOException e) {
            throw new UncheckedIOException("no other origin", e);
        }
    }

    /**
     * @return where it listens
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
    }

    /**
     * @return how many requests came
     */
    public int requests() {
        return requests.get();
    }

    /**
     * @return how many of them carried an Authorization header
     */
    public int credentials() {
        return credentials.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
