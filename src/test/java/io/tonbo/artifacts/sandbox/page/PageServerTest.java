package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's HTTP: what it serves, how it tells news, and whom it refuses. */
@Timeout(60)
class PageServerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T10:00:00Z"));

    private final AtomicReference<PageState> state = new AtomicReference<>(calls(0));
    private final List<String> played = new CopyOnWriteArrayList<>();
    private final StateFeed feed = new StateFeed(now -> state.get(), CLOCK);
    private final PageServer server = new PageServer(feed, new Switches() {
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
    private final HttpClient client = HttpClient.newHttpClient();

    private static PageState calls(long count) {
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

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.url().resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A browser's or a stranger's own Host, which Java's client does not let one choose. */
    private String statusFor(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            String whole =
                    request.replace("PORT", String.valueOf(server.url().getPort())) + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(9, 12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/page.css, text/css",
        "/app.js, text/javascript",
        "/lib/lit-html.js, text/javascript",
        "/lib/directives/repeat.js, text/javascript",
        "/favicon.svg, image/svg+xml"
    })
    void servesItsFilesAndItsLibraryFromTheClassPath(String path, String type) throws Exception {
        HttpResponse<String> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/state", "/nowhere", "/app.js"})
    void allowsABrowserNothingButThePageItself(String path) throws Exception {
        var headers = send("GET", path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /../pom.xml, 404",
        "GET, /package-info.class, 404",
        "POST, /, 405",
        "DELETE, /api/state, 405",
        "GET, /api/troubles/bucket-not-found/provoke, 405",
        "POST, /api/troubles/bucket-not-found/explode, 404",
        "POST, /api/troubles/no-such-trouble/provoke, 404",
        "POST, /api/troubles/bucket-not-found/provoke, 202"
    })
    void answersWhatItDoesNotServe(String method, String path, int status) throws Exception {
        assertThat(send(method, path).statusCode()).isEqualTo(status);
    }

    @Test
    void playsTroubles() throws Exception {
        for (String action : List.of("provoke", "mend", "clear")) {
            send("POST", "/api/troubles/bucket-not-found/" + action);
        }
        assertThat(played)
                .containsExactly("PROVOKE bucket-not-found", "MEND bucket-not-found", "CLEAR bucket-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, 200",
        "localhost:PORT, 200",
        "[::1]:PORT, 200",
        "127.0.0.1, 403",
        "localhost:1, 403",
        "sandbox.example.com:PORT, 403",
        "127.0.0.1.example.com:PORT, 403",
        "localhost:PORT.example.com, 403"
    })
    void refusesWhoeverCallsItByAnotherName(String host, String status) throws Exception {
        for (String path : List.of("/", "/api/state", "/app.js")) {
            assertThat(statusFor("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"))
                    .isEqualTo(status);
        }
    }

    @Test
    void refusesARequestThatNamesNoHostOrSpeaksForAnotherSite() throws Exception {
        String play = "POST /api/troubles/bucket-not-found/provoke HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n";
        assertThat(statusFor("GET /api/state HTTP/1.0\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: https://example.com\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: null\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: http://127.0.0.1:1\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
                .isEqualTo("403");
        assertThat(statusFor("GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\n"))
                .isEqualTo("403");
        assertThat(played).isEmpty();
        assertThat(
                        statusFor(
                                "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
                .as("a link from elsewhere, followed by a person")
                .isEqualTo("200");
        assertThat(statusFor(play + "Origin: http://localhost:PORT\r\n")).isEqualTo("202");
    }

    private Iterator<String> listen(URI events) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                client.send(HttpRequest.newBuilder(events).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return answer.body().iterator();
    }

    private static List<String> next(Iterator<String> lines) {
        List<String> message = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            message.add(line);
        }
        return message;
    }

    private static long callsIn(List<String> message) throws IOException {
        JsonNode frame = new ObjectMapper().readTree(message.get(1).substring("data: ".length()));
        assertThat(frame.path("now").textValue()).isEqualTo("2026-11-01T10:00:00Z");
        return frame.path("state").path("callCount").longValue();
    }

    @Test
    void tellsThePresentStateAtOnceAndThenEachChangeOnce() throws Exception {
        Iterator<String> lines = listen(server.url().resolve("/events"));
        assertThat(next(lines)).containsExactly("retry: 1000");
        List<String> first = next(lines);
        assertThat(first).hasSize(2).first().isEqualTo("id: 1");
        assertThat(callsIn(first)).isZero();

        feed.look();
        feed.heartbeat();
        assertThat(next(lines)).as("nothing is new").containsExactly(": here");

        for (long count = 1; count <= 50; count++) {
            state.set(calls(count));
        }
        feed.look();
        List<String> second = next(lines);
        assertThat(second).first().isEqualTo("id: 2");
        assertThat(callsIn(second)).as("what lay between is skipped").isEqualTo(50);

        Iterator<String> late = listen(server.url().resolve("/events"));
        next(late);
        assertThat(callsIn(next(late))).isEqualTo(50);
    }

    @Test
    void sendsAStateAtMostFourTimesASecond() {
        assertThat(LivePage.LOOK.toMillis()).isGreaterThanOrEqualTo(250);
    }

    @Test
    void whoDoesNotReadKeepsNobodyElseWaitingAndGetsTheLastStateLater() throws Exception {
        String filler = "x".repeat(100_000);
        try (Socket sleeper = new Socket()) {
            sleeper.setReceiveBufferSize(4096);
            sleeper.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.url().getPort()));
            sleeper.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: " + server.url().getAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 1; i <= 200; i++) {
                state.set(large(filler, i));
                untilTold(i);
            }
            // Twenty megabytes were told; a fraction of that waits for the sleeper, and then the last of it.
            byte[] buffer = new byte[1 << 16];
            String tail = "";
            long received = 0;
            while (!tail.contains("\"callCount\":200,")) {
                int count = sleeper.getInputStream().read(buffer);
                received += count;
                String end = tail + new String(buffer, 0, count, StandardCharsets.US_ASCII);
                tail = end.substring(Math.max(0, end.length() - 1000));
                feed.look();
            }
            assertThat(received).isLessThan(15_000_000);
        }
    }

    /** Somebody who does read comes and gets it. */
    private void untilTold(long count) throws IOException, InterruptedException {
        feed.look();
        if (count % 20 == 0) {
            HttpResponse<Stream<String>> answer = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/events")).build(),
                    HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                Iterator<String> reader = lines.iterator();
                next(reader);
                assertThat(callsIn(next(reader))).isEqualTo(count);
            }
        }
    }

    private static PageState large(String filler, long count) {
        return new PageState(
                true,
                List.of(),
                List.of(new PageState.EventLine("e", null, false, "workspace/a/b", "Reason", filler, 1)),
                List.of(),
                count,
                List.of());
    }

    @Test
    void hasRoomForSoManyAndNotForMore() throws Exception {
        List<Iterator<String>> open = new ArrayList<>();
        for (int i = 0; i < StateFeed.LISTENERS; i++) {
            open.add(listen(server.url().resolve("/events")));
        }
        assertThat(send("GET", "/events").statusCode()).isEqualTo(503);
        feed.close();
        open.forEach(each -> each.forEachRemaining(line -> {}));
        await().untilAsserted(() ->
                assertThat(next(listen(server.url().resolve("/events")))).containsExactly("retry: 1000"));
    }

    @Test
    void theStateCanBeReadOnce() throws Exception {
        state.set(calls(7));
        HttpResponse<String> answer = send("GET", "/api/state");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new ObjectMapper()
                        .readTree(answer.body())
                        .at("/state/callCount")
                        .longValue())
                .isEqualTo(7);
    }

    @Test
    void goesToAnotherPortWhenThePreferredOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PageServer other = new PageServer(feed, Switches.none());
            other.listen(taken.getLocalPort());
            assertThat(other.url().getPort()).isNotIn(taken.getLocalPort(), 0);
            other.close();
        }
    }

    @Test
    void listensOnTheLoopbackAddressAlone() {
        assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
    }
}
