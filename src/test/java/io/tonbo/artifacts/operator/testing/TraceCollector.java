package io.tonbo.artifacts.operator.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** An OpenTelemetry collector as far as traces sent by OTLP over HTTP go: keeps what it is sent. */
public final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<ExportTraceServiceRequest> received = new CopyOnWriteArrayList<>();

    private TraceCollector(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /**
     * @return a collector, listening on the loopback address
     */
    public static TraceCollector start() {
        try {
            return new TraceCollector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return its base URL
     */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            try (InputStream content =
                    packed ? new GZIPInputStream(new ByteArrayInputStream(body)) : new ByteArrayInputStream(body)) {
                received.add(ExportTraceServiceRequest.parseFrom(content));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /**
     * @return all that it was sent, as text, credentials included if there are any
     */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (ExportTraceServiceRequest request : received) {
            // Bytes that are no fields of ours would show here too.
            all.append(request).append(request.toByteString().toString(StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    /**
     * @return every span so far, in the order in which they ended
     */
    public List<Span> spans() {
        return received.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /**
     * @param span a span
     * @param key name of an attribute
     * @return its value; empty when there is none
     */
    public static Optional<String> attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue()))
                .findFirst();
    }

    /**
     * @param key name of an attribute of the resource, such as {@code service.name}
     * @return its values, of all that was sent
     */
    public List<String> resource(String key) {
        return received.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getResource().getAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
