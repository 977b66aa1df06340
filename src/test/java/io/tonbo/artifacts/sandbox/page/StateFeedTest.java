package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How news gets to whoever listens. */
@Timeout(60)
class StateFeedTest extends ServedPage {
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

    private static JsonNode frame(List<String> message) throws IOException {
        return new ObjectMapper().readTree(message.get(1).substring("data: ".length()));
    }

    private static long callsIn(List<String> message) throws IOException {
        return frame(message).at("/state/callCount").longValue();
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
    void whoComesLaterIsToldTheTimeAsItIsThen() throws Exception {
        Iterator<String> early = listen(server.url().resolve("/events"));
        next(early);
        assertThat(frame(next(early)).path("now").textValue()).isEqualTo(START.toString());

        now.set(START.plusSeconds(600));
        Iterator<String> late = listen(server.url().resolve("/events"));
        next(late);
        List<String> message = next(late);
        assertThat(message).as("nothing has changed").first().isEqualTo("id: 1");
        assertThat(frame(message).path("now").textValue())
                .isEqualTo(START.plusSeconds(600).toString());
    }

    @Test
    void saysSoWhileWhatThereIsCannotBeFoundOut() throws Exception {
        state.set(null);
        Iterator<String> lines = listen(server.url().resolve("/events"));
        next(lines);
        JsonNode nothing = frame(next(lines));
        assertThat(nothing.path("failing").booleanValue()).isTrue();
        assertThat(nothing.path("state").isNull()).isTrue();

        state.set(calls(3));
        feed.look();
        List<String> found = next(lines);
        assertThat(callsIn(found)).isEqualTo(3);
        assertThat(frame(found).path("failing").booleanValue()).isFalse();

        state.set(null);
        feed.look();
        feed.look();
        List<String> old = next(lines);
        assertThat(callsIn(old)).as("what was known stays").isEqualTo(3);
        assertThat(frame(old).path("failing").booleanValue()).isTrue();
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
                true,
                List.of(),
                List.of(new PageState.EventLine("e", null, false, "workspace/a/b", "Reason", filler, 1)),
                List.of(),
                count,
                List.of(),
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
}
