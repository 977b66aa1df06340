package io.tonbo.artifacts.sandbox.orchestrator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** The listening socket on the loopback address. */
final class HttpFront implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Dispatcher dispatcher;
    private final ControlEndpoints control;
    private final Vertx vertx;
    private final Transmitter transmitter;
    private HttpServer server;
    private int port;

    HttpFront(Dispatcher dispatcher, ControlEndpoints control, int port) {
        this.dispatcher = dispatcher;
        this.control = control;
        this.port = port;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setWorkerPoolSize(64)
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.transmitter = new Transmitter(vertx);
    }

    /** Listens, on the port it had before if it had one. */
    synchronized void listen() {
        if (server == null) {
            HttpServerOptions options =
                    new HttpServerOptions().setHost(HOST).setPort(port).setIdleTimeout(0);
            server = await(vertx.createHttpServer(options)
                    .requestHandler(this::receive)
                    .listen());
            port = server.actualPort();
        }
    }

    /** Refuses connections and ends the open ones. */
    synchronized void stopListening() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    synchronized int port() {
        return port;
    }

    @Override
    public void close() {
        stopListening();
        await(vertx.close());
    }

    private void receive(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= Request.LONGEST_BODY) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> dispatch(request, body.toString(StandardCharsets.UTF_8)));
    }

    private void dispatch(HttpServerRequest request, String body) {
        Request read = read(request, body);
        vertx.executeBlocking(
                        () -> ControlEndpoints.serves(read)
                                ? new Dispatcher.Outcome(control.handle(read), () -> {})
                                : dispatcher.handle(read),
                        false)
                .onSuccess(outcome -> transmitter
                        .send(outcome.reply(), request)
                        .onComplete(sent -> vertx.executeBlocking(
                                () -> {
                                    outcome.afterReply().run();
                                    return null;
                                },
                                false)))
                .onFailure(e -> request.connection().close());
    }

    private static Request read(HttpServerRequest request, String body) {
        Map<String, String> query = new TreeMap<>();
        request.params().forEach(p -> query.putIfAbsent(p.getKey(), p.getValue()));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(h -> headers.putIfAbsent(h.getKey(), h.getValue()));
        return new Request(
                request.method().name(), Request.segments(request.path()), request.uri(), query, headers, body);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the sandbox's orchestrator: " + e.getCause(), e.getCause());
        }
    }
}
