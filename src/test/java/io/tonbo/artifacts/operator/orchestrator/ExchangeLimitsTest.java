package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.ListCall.client;
import static io.tonbo.artifacts.operator.orchestrator.ListCall.failure;
import static io.tonbo.artifacts.operator.orchestrator.ListCall.list;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.head;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Size and number: a call reads no more than it must, and is sent once. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeLimitsTest {
    private static final String LIST = "{\"workspaces\":[]}";

    @Test
    void an_answer_of_exactly_one_mebibyte_is_read() throws Exception {
        String json = "{\"workspaces\":[]" + " ".repeat((1 << 20) - LIST.length()) + "}";
        try (LoopbackServer server = LoopbackServer.answering(200, json);
                OrchestratorClient client = client(server, Duration.ofSeconds(20))) {
            assertThat(list(client).workspaces()).isEmpty();
        }
    }

    private static long tooLarge(LoopbackServer.Answer start, byte[] piece) throws Exception {
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        LoopbackServer.Answer answer = (request, out) -> {
            start.write(request, out);
            try {
                while (written.get() < 200L << 20) {
                    out.write(piece);
                    written.addAndGet(piece.length);
                }
            } finally {
                stopped.complete(null);
            }
        };
        try (LoopbackServer server = LoopbackServer.answering(answer);
                OrchestratorClient client = client(server, Duration.ofSeconds(30))) {
            OrchestratorException e = failure(client);

            assertThat(e.code()).isEqualTo("answer_too_large");
            assertThat(e.transport()).isFalse();
            assertThat(server.requests()).hasSize(1);
            stopped.get(20, TimeUnit.SECONDS);
            return written.get();
        }
    }

    @Test
    void a_larger_answer_is_given_up_as_soon_as_that_is_known() throws Exception {
        byte[] piece = new byte[64 << 10];
        long most = 32L << 20; // what sockets may buffer on the way, and then some

        assertThat(tooLarge((request, out) -> out.write(head(200, "Connection: close")), piece))
                .as("without a length")
                .isLessThan(most);
        assertThat(tooLarge((request, out) -> out.write(head(500, "Content-Length: 9999999999")), piece))
                .as("announced")
                .isLessThan(most);
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(tooLarge((request, out) -> out.write(head(200, "Transfer-Encoding: chunked")), chunk))
                .as("in chunks")
                .isLessThan(most);
        assertThat(tooLarge(
                        (request, out) -> out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII)),
                        "x".repeat(1000).getBytes(StandardCharsets.US_ASCII)))
                .as("one header without end")
                .isLessThan(most);
        assertThat(tooLarge(
                        (request, out) -> out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII)),
                        "X-Many: 1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .as("headers without end")
                .isLessThan(most);
    }

    @FunctionalInterface
    private interface Call {
        void on(OrchestratorClient client, BearerToken token) throws OrchestratorException;
    }

    @Test
    void a_request_whose_connection_is_closed_unanswered_is_seen_once_by_the_server() throws Exception {
        seenOnce((client, token) -> client.confirmFormat(token, "ada", "notes", null, "k"));
        // Libraries like to repeat what is idempotent.
        seenOnce((client, token) -> client.delete(token, "ada", "notes", null, "k"));
        seenOnce((client, token) -> client.get(token, "ada", "notes"));
    }

    private static void seenOnce(Call call) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering((request, out) -> {
                    if (request.target().contains("/ada/notes")) {
                        throw new LoopbackServer.Hangup();
                    }
                    json(200, LIST).write(request, out);
                });
                OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
            BearerToken token = BearerToken.parse("art_secret");
            list(client);
            OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> call.on(client, token));

            assertThat(e.code()).isEqualTo("orchestrator_unreachable");
            assertThat(e.transport()).isTrue();
            assertThat(server.requests())
                    .extracting(LoopbackServer.Request::connection)
                    .as("both over one connection, and no third")
                    .containsExactly(1, 1);
        }
    }

    @Test
    void a_refusal_that_invites_a_retry_is_not_retried() {
        for (String[] refusal : new String[][] {
            {"503", "Retry-After: 0"},
            {"429", "Retry-After: 0"},
            {"408", "Connection: keep-alive"},
            {"401", "WWW-Authenticate: Basic realm=\"x\""},
            {"421", "Alt-Svc: h2=\":443\""}
        }) {
            try (LoopbackServer server =
                            LoopbackServer.answering(json(Integer.parseInt(refusal[0]), "{}", refusal[1]));
                    OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
                assertThat(failure(client).httpStatus()).isEqualTo(Integer.parseInt(refusal[0]));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void connections_are_kept_and_one_that_the_server_has_closed_meanwhile_costs_nothing() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, LIST);
                OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
            list(client);
            list(client);
            assertThat(server.connections()).isEqualTo(1);

            server.closeConnections();

            list(client);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void bytes_nobody_asked_for_are_never_taken_for_the_next_answer() throws Exception {
        String foreign = "{\"workspaces\":[{\"id\":\"x\",\"handle\":\"x\",\"name\":\"x\"}]}";
        try (LoopbackServer server = LoopbackServer.answering((request, out) -> {
                    json(200, LIST).write(request, out);
                    json(200, foreign).write(request, out);
                });
                OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
            for (int call = 0; call < 5; call++) {
                assertThat(list(client).workspaces()).isEmpty();
                Thread.sleep(50); // the stray bytes arrive
            }
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    void cookies_are_not_kept() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(json(200, LIST, "Set-Cookie: a=b; Path=/"));
                OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
            list(client);
            list(client);

            assertThat(server.requests())
                    .allSatisfy(sent -> assertThat(sent.headers()).doesNotContainKey("cookie"));
        }
    }

    @Test
    void a_closed_client_fails_calls_and_says_so() {
        try (LoopbackServer server = LoopbackServer.answering(200, LIST)) {
            OrchestratorClient client = client(server, Duration.ofSeconds(10));
            client.close();

            assertThat(failure(client).code()).isEqualTo("orchestrator_unreachable");
            assertThat(server.requests()).isEmpty();
        }
    }
}
