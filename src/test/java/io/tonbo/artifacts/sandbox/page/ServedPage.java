package io.tonbo.artifacts.sandbox.page;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A page that is served, with nothing behind it but what a test says there is. */
abstract class ServedPage {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T10:00:00Z"));

    final AtomicReference<PageState> state = new AtomicReference<>(calls(0));
    final List<String> played = new CopyOnWriteArrayList<>();
    final StateFeed feed = new StateFeed(now -> state.get(), CLOCK);
    final PageServer server = new PageServer(feed, new Switches() {
        @Override
        public List<PageState.SwitchLine> lines() {
            return List.of();
        }

        @Override
        public void play(String id, Action action) {
            if (!id.equals("bucket-not-found")) {
                throw new IllegalArgumentException(id);
            }
            played.add(action + " " + id);
        }
    });
    final HttpClient client = HttpClient.newHttpClient();

    static PageState calls(long count) {
        return new PageState(true, List.of(), List.of(), List.of(), count, List.of());
    }

    @BeforeEach
    void listen() {
        server.listen(0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.url().resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
