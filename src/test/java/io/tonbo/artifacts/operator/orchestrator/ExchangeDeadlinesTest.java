package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.ListCall.client;
import static io.tonbo.artifacts.operator.orchestrator.ListCall.failure;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time: a call ends, whatever the server does or does not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeDeadlinesTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    private static void endlessly(OutputStream out, byte[] piece) throws IOException {
        while (true) {
            out.write(piece);
            out.flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoopbackServer.Hangup();
            }
        }
    }

    private static void timesOut(LoopbackServer.Answer answer) {
        try (LoopbackServer server = LoopbackServer.answering(answer);
                OrchestratorClient client = client(server, SHORT)) {
            OrchestratorException e = failure(client);

            assertThat(e.code()).isEqualTo("orchestrator_timeout");
            assertThat(e.transport()).isTrue();
            assertThat(e).hasMessageContaining("0.7 s");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_server_that_never_answers_is_left_at_the_deadline() {
        timesOut((request, out) -> endlessly(OutputStream.nullOutputStream(), new byte[1]));
    }

    @Test
    void a_body_that_drips_is_left_at_the_deadline_though_every_byte_is_in_time() {
        timesOut((request, out) -> {
            out.write(head(200, "Transfer-Encoding: chunked"));
            endlessly(out, "1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
        });
    }

    @Test
    void headers_that_drip_are_left_at_the_deadline() {
        timesOut((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            endlessly(out, new byte[] {'x'});
        });
    }

    @Test
    void interim_answers_without_end_are_left_at_the_deadline() {
        timesOut((request, out) ->
                endlessly(out, "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_server_that_accepts_and_never_shakes_hands_is_left_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OrchestratorClient client = new OrchestratorClient(
                        OrchestratorAddress.parse("https://127.0.0.1:" + silent.getLocalPort()),
                        TrustMaterial.system(),
                        new ClientTimeouts(Duration.ofSeconds(30), SHORT))) {
            assertThat(failure(client).code()).isEqualTo("orchestrator_timeout");
        }
    }

    @Test
    void calls_queueing_for_a_connection_are_bound_by_the_same_deadline() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(80);
        try (LoopbackServer server = LoopbackServer.answering(
                        (request, out) -> endlessly(OutputStream.nullOutputStream(), new byte[1]));
                OrchestratorClient client = client(server, SHORT)) {
            Callable<String> call = () -> failure(client).code();
            List<Future<String>> codes = new ArrayList<>();
            for (int number = 0; number < 80; number++) {
                codes.add(callers.submit(call));
            }
            for (Future<String> code : codes) {
                assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo("orchestrator_timeout");
            }
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(80);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void nobody_listening_is_said_in_plain_words() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (OrchestratorClient client = new OrchestratorClient(
                OrchestratorAddress.parse("http://127.0.0.1:" + port),
                TrustMaterial.system(),
                ClientTimeouts.DEFAULT)) {
            OrchestratorException e = failure(client);

            assertThat(e.code()).isEqualTo("orchestrator_unreachable");
            assertThat(e).hasMessage("127.0.0.1:" + port + " refuses the connection");
        }
    }

    @Test
    void a_host_without_an_address_is_said_in_plain_words() {
        // Not looked up for real: a resolver may take its time, and is elsewhere.
        FailureFacts facts = new ExchangeProgress(
                        OrchestratorAddress.parse("https://orchestrator.invalid"), ClientTimeouts.DEFAULT, "id-1")
                .failure(new UnknownHostException("orchestrator.invalid: Name or service not known"));

        assertThat(facts.code()).isEqualTo("orchestrator_unreachable");
        assertThat(facts.transport()).isTrue();
        assertThat(facts.requestId()).isEqualTo("id-1");
        assertThat(facts.message()).isEqualTo("the host of orchestrator.invalid has no address (DNS)");
    }
}
