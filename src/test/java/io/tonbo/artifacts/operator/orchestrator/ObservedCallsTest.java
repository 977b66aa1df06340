package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.bytes;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.hangup;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.tonbo.artifacts.operator.telemetry.OtlpTraces;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import io.tonbo.artifacts.operator.telemetry.Traces;
import io.tonbo.artifacts.operator.testing.TraceCollector;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted and traced of a request: its operation, and what came of it in words of a closed set. */
class ObservedCallsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private OrchestratorClient client(LoopbackServer server, Traces traces) {
        return new OrchestratorClient(
                new OrchestratorAddress(server.uri()),
                TrustMaterial.system(),
                ClientTimeouts.DEFAULT,
                InstantSource.system(),
                new Telemetry(meters, traces));
    }

    private List<String> counted() {
        return meters.find("artifacts_orchestrator_requests").timers().stream()
                .map(Meter::getId)
                .map(id -> id.getTags().stream().map(Tag::getValue).toList().toString())
                .toList();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(json(404, "{\"code\":\"workspace_not_found\"}"), "none, get_workspace, ok"),
                Arguments.of(json(404, "{\"code\":\"session_not_found\"}"), "other, get_workspace, refused"),
                Arguments.of(json(401, "{\"code\":\"unauthorized\"}"), "unauthorized, get_workspace, refused"),
                Arguments.of(bytes(403, new byte[0]), "none, get_workspace, refused"),
                Arguments.of(json(418, "{\"code\":\"made_up_47\"}"), "other, get_workspace, refused"),
                Arguments.of(json(429, "{}"), "none, get_workspace, throttled"),
                Arguments.of(json(500, "{\"code\":\"internal_error\"}"), "internal_error, get_workspace, failed"),
                Arguments.of(json(200, "{}"), "answer_not_json, get_workspace, failed"),
                Arguments.of(bytes(404, new byte[0]), "answer_not_json, get_workspace, failed"),
                Arguments.of(bytes(302, new byte[0]), "redirect_refused, get_workspace, failed"),
                Arguments.of(hangup(""), "orchestrator_unreachable, get_workspace, unanswered"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsCountedInWordsOfOurs(LoopbackServer.Answer answer, String labels) {
        try (LoopbackServer server = LoopbackServer.answering(answer);
                OrchestratorClient client = client(server, Traces.OFF)) {
            try {
                client.get(WireSamples.TOKEN, "ada", "notes");
            } catch (OrchestratorException e) {
                // As it should be, in most cases.
            }

            assertThat(counted()).containsExactly("[" + labels + "]");
        }
    }

    @Test
    void everyOperationHasItsName() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(json(404, "{\"code\":\"workspace_not_found\"}"));
                OrchestratorClient client = client(server, Traces.OFF)) {
            BearerToken token = WireSamples.TOKEN;
            List<Attempt> attempts = List.of(
                    () -> client.reserve(token, WireSamples.NOTES, "k"),
                    () -> client.list(token, null, 1),
                    () -> client.get(token, "ada", "notes"),
                    () -> client.confirmFormat(token, "ada", "notes", "ws_1", "k"),
                    () -> client.delete(token, "ada", "notes", "ws_1", "k"),
                    () -> client.openSession(
                            token, "ada", "notes", new SessionRequest(SessionMode.READ_WRITE, 600, null), "k"),
                    () -> client.closeSession(token, "ms_1"));
            for (Attempt attempt : attempts) {
                try {
                    attempt.make();
                } catch (OrchestratorException e) {
                    // It is counted, too.
                }
            }

            assertThat(meters.find("artifacts_orchestrator_requests").timers().stream()
                            .map(timer -> timer.getId().getTag("operation")))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(ApiOperation.values())
                            .map(ApiOperation::label)
                            .toList());
        }
    }

    private interface Attempt {
        void make() throws OrchestratorException;
    }

    @Test
    void theOrchestratorIsToldOfTheTraceThatItIsAPartOf() throws Exception {
        try (TraceCollector collector = TraceCollector.start();
                LoopbackServer server = LoopbackServer.answering(json(200, WireSamples.workspace("active")));
                OtlpTraces traces = traces(collector);
                OrchestratorClient client = client(server, traces)) {
            client.get(WireSamples.TOKEN, "ada", "notes");

            await().untilAsserted(() -> assertThat(collector.spans()).hasSize(1));
            Span span = collector.spans().get(0);
            assertThat(server.requests().get(0).headers().get("traceparent"))
                    .isEqualTo("00-" + hex(span.getTraceId().toByteArray()) + "-"
                            + hex(span.getSpanId().toByteArray()) + "-01");
            assertThat(collector.text())
                    .doesNotContain("art_secret", "notes", server.uri().toString());
        }
    }

    @Test
    void withoutTracesNoHeaderSpeaksOfOne() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(json(200, WireSamples.workspace("active")));
                OrchestratorClient client = client(server, Traces.OFF)) {
            client.get(WireSamples.TOKEN, "ada", "notes");

            assertThat(server.requests().get(0).headers()).doesNotContainKeys("traceparent", "tracestate", "baggage");
        }
    }

    @Test
    void aCollectorThatIsOutCostsNothingButTraces() {
        TraceCollector gone = TraceCollector.start();
        gone.close();
        try (LoopbackServer server = LoopbackServer.answering(json(200, WireSamples.workspace("active")));
                OtlpTraces traces = traces(gone);
                OrchestratorClient client = client(server, traces)) {
            assertThatCode(() -> client.get(WireSamples.TOKEN, "ada", "notes")).doesNotThrowAnyException();
        }
    }

    private static OtlpTraces traces(TraceCollector collector) {
        TrustMaterial trust = TrustMaterial.system();
        return new OtlpTraces(
                collector.uri().resolve("/v1/traces"),
                1,
                Map.of("service.name", "test"),
                trust.sslContext(),
                trust.trustManager());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
