package io.tonbo.artifacts.sandbox.page;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A page that is served, with nothing behind it but what a test says there is. */
abstract class ServedPage {
    static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final AtomicReference<PageState> state = new AtomicReference<>(calls(0));
    final List<String> played = new CopyOnWriteArrayList<>();
    final StateFeed feed = new StateFeed(any -> present(), now::get);
    final PageServer server = new PageServer(feed, new NoSwitches() {
        @Override
        public void play(String id, Action action) {
            if (!id.equals("bucket-not-found")) {
                throw new IllegalArgumentException(id);
            }
            played.add(action + " " + id);
        }
    });
    final HttpClient client = HttpClient.newHttpClient();

    /** What there is to see; fails while the state is null. */
    private PageState present() {
        return Objects.requireNonNull(state.get(), "what there is to see cannot be found out");
    }

    static PageState calls(long count) {
        return new PageState(true, true, List.of(), List.of(), List.of(), count, List.of(), List.of());
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
