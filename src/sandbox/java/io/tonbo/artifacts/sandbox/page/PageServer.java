package io.tonbo.artifacts.sandbox.page;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's HTTP, on 127.0.0.1 and for it alone. */
final class PageServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Pattern SWITCH = Pattern.compile("/api/troubles/([a-z0-9-]{1,64})/(provoke|mend|clear)");

    /** The page's own files and nothing else; no markup is ever made of a string but by the library's own templates. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types lit-html";

    private final PageFiles files = new PageFiles();
    private final StateFeed feed;
    private final Switches switches;
    private final Vertx vertx;
    private HttpServer server;
    private LocalCallers callers = LocalCallers.at(0);

    PageServer(StateFeed feed, Switches switches) {
        this.feed = feed;
        this.switches = switches;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setWorkerPoolSize(4)
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }

    /**
     * @param preferredPort tried first; 0, or one that is taken: any free one
     */
    synchronized void listen(int preferredPort) {
        try {
            bind(preferredPort);
        } catch (IllegalStateException taken) {
            bind(0);
        }
    }

    /**
     * @param port this one and no other; any free one for 0
     * @throws IllegalStateException if it cannot be had
     */
    synchronized void listenAt(int port) {
        bind(port);
    }

    private void bind(int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(HOST)
                .setPort(port)
                .setIdleTimeout(0)
                .setHttp2ClearTextEnabled(false);
        server = await(
                vertx.createHttpServer(options).requestHandler(this::receive).listen());
        callers = LocalCallers.at(server.actualPort());
    }

    synchronized URI url() {
        return URI.create("http://" + HOST + ":" + server.actualPort() + "/");
    }

    private synchronized LocalCallers callers() {
        return callers;
    }

    private void receive(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (!callers().admits(request)) {
            say(response, 403, "ask as 127.0.0.1 or localhost, from a page of this host");
        } else if (request.path().startsWith("/api/troubles/")) {
            play(request);
        } else if (!request.method().equals(HttpMethod.GET)) {
            response.putHeader("Allow", "GET");
            say(response, 405, "this path is only read");
        } else {
            read(request);
        }
    }

    private void read(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/events" -> {
                response.putHeader("Content-Type", "text/event-stream");
                if (!feed.add(response)) {
                    say(response, 503, "too many pages are open");
                }
            }
            case "/api/state" ->
                response.putHeader("Content-Type", "application/json").end(feed.json());
            default ->
                files.at(request.path())
                        .ifPresentOrElse(
                                file -> response.putHeader("Content-Type", file.type())
                                        .end(file.content()),
                                () -> say(response, 404, "no such path"));
        }
    }

    private void play(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Matcher path = SWITCH.matcher(request.path());
        if (!path.matches()) {
            say(response, 404, "no such path");
            return;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            response.putHeader("Allow", "POST");
            say(response, 405, "this path is only posted to");
            return;
        }
        Switches.Action action = Switches.Action.valueOf(path.group(2).toUpperCase(Locale.ROOT));
        vertx.executeBlocking(
                        () -> {
                            switches.play(path.group(1), action);
                            return null;
                        },
                        false)
                .onSuccess(done -> say(response, 202, "it is being done"))
                .onFailure(failure -> {
                    boolean unknown = failure instanceof IllegalArgumentException;
                    say(
                            response,
                            unknown ? 404 : 500,
                            unknown ? "no such trouble: /api/state has them all" : "that failed");
                });
    }

    private static void say(HttpServerResponse response, int status, String words) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(words + "\n");
    }

    @Override
    public void close() {
        try {
            feed.close();
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the live page: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
