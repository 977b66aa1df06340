package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.bytes;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.head;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals, and everything a server, a proxy or a broken network may send instead of an answer. */
class UnusableAnswersTest {
    private static final String HTML = "<html><body>Bad Gateway</body></html>";
    private static final String LIST = "{\"workspaces\":[]}";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static OrchestratorException failure(LoopbackServer.Answer answer) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(answer);
                OrchestratorClient client = new OrchestratorClient(
                        new OrchestratorAddress(server.uri()),
                        TrustMaterial.system(),
                        new ClientTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)))) {
            BearerToken token = BearerToken.parse("art_SECRETTOKEN");
            OrchestratorException e =
                    catchThrowableOfType(OrchestratorException.class, () -> client.list(token, null, 1));
            assertThat(e).as("this is no answer to be taken for a page").isNotNull();
            assertThat(e).hasNoCause().hasMessageNotContaining("SECRETTOKEN");
            assertThat(e.getMessage().length()).isLessThanOrEqualTo(1024);
            assertThat(server.requests()).as("sent once, whatever came of it").hasSize(1);
            return e;
        }
    }

    static Stream<Arguments> instead_of_a_page() {
        return Stream.of(
                // what, answer, code, status, no complete answer, words
                arguments(
                        "an HTML 502",
                        bytes(502, utf8(HTML), "Content-Type: text/html"),
                        "answer_not_json",
                        502,
                        false,
                        "HTML"),
                arguments(
                        "an HTML 200",
                        bytes(200, utf8(HTML), "Content-Type: text/html; charset=utf-8"),
                        "answer_not_json",
                        200,
                        false,
                        "HTML"),
                arguments(
                        "JSON that calls itself HTML",
                        bytes(200, utf8(LIST), "Content-Type: Text/HTML"),
                        "answer_not_json",
                        200,
                        false,
                        "HTML"),
                arguments(
                        "plain text",
                        bytes(503, utf8("no healthy upstream"), "Content-Type: text/plain"),
                        "answer_not_json",
                        503,
                        false,
                        "text/plain"),
                arguments(
                        "XML",
                        bytes(200, utf8("<?xml version='1.0'?><a/>"), "Content-Type: application/xml"),
                        "answer_not_json",
                        200,
                        false,
                        "application/xml"),
                arguments("nothing, 200", bytes(200, new byte[0]), "answer_not_json", 200, false, "empty"),
                arguments("nothing, 500", bytes(500, new byte[0]), "answer_not_json", 500, false, "empty"),
                arguments("204 where a body belongs", bytes(204, new byte[0]), "answer_not_json", 204, false, "empty"),
                arguments("an array", json(200, "[" + LIST + "]"), "answer_not_json", 200, false, "JSON array"),
                arguments("a string", json(200, "\"ok\""), "answer_not_json", 200, false, "JSON string"),
                arguments("null", json(200, "null"), "answer_not_json", 200, false, "JSON null"),
                arguments(
                        "an object of another kind",
                        json(200, "{\"items\":[]}"),
                        "answer_not_json",
                        200,
                        false,
                        "workspaces"),
                arguments(
                        "rows that are no list",
                        json(200, "{\"workspaces\":{}}"),
                        "answer_not_json",
                        200,
                        false,
                        "workspaces"),
                arguments("two documents", json(200, LIST + LIST), "answer_not_json", 200, false, "JSON"),
                arguments("JSON and garbage", json(200, LIST + "x"), "answer_not_json", 200, false, "JSON"),
                arguments(
                        "a body that is not UTF-8",
                        bytes(200, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}),
                        "answer_not_json",
                        200,
                        false,
                        "JSON"),
                arguments(
                        "a body compressed unasked",
                        bytes(
                                200,
                                new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0},
                                "Content-Encoding: gzip",
                                "Content-Type: application/json"),
                        "answer_not_json",
                        200,
                        false,
                        "JSON"),
                arguments(
                        "JSON nested without end",
                        json(200, "{\"workspaces\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                        "answer_not_json",
                        200,
                        false,
                        "JSON"),
                arguments(
                        "a number of a million digits",
                        json(200, "{\"workspaces\":" + "9".repeat(1_000_000) + "}"),
                        "answer_not_json",
                        200,
                        false,
                        "JSON"),
                arguments(
                        "JSON that ends in the middle",
                        json(200, "{\"workspaces\":[{\"id\":\"ws"),
                        "answer_truncated",
                        200,
                        true,
                        "ends"),
                arguments(
                        "fewer bytes than announced",
                        cut("Content-Length: 1000", LIST),
                        "answer_truncated",
                        200,
                        true,
                        "complete"),
                arguments(
                        "chunks without a last one",
                        cut("Transfer-Encoding: chunked", "5\r\n{\"wor\r\n"),
                        "answer_truncated",
                        200,
                        true,
                        "complete"),
                arguments(
                        "a chunk size that is no number",
                        cut("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"),
                        "answer_truncated",
                        200,
                        true,
                        "complete"),
                arguments(
                        "an end after the headers",
                        cut("Content-Type: application/json", ""),
                        "answer_not_json",
                        200,
                        false,
                        "empty"),
                arguments(
                        "an end before the headers' end",
                        hangup("HTTP/1.1 200 OK\r\nContent-Type: appl"),
                        "answer_not_json",
                        200,
                        false,
                        "empty"),
                arguments(
                        "an end before anything", hangup(""), "orchestrator_unreachable", 0, true, "without an answer"),
                arguments(
                        "another protocol",
                        hangup("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                        "orchestrator_unreachable",
                        0,
                        true,
                        "HTTP"),
                arguments(
                        "a header that is none",
                        hangup("HTTP/1.1 200 OK\r\nSECRETTOKEN\r\n\r\n"),
                        "orchestrator_unreachable",
                        0,
                        true,
                        "HTTP"),
                arguments(
                        "a redirect",
                        json(302, "{}", "Location: https://user:SECRETTOKEN@evil.example.com/SECRETTOKEN"),
                        "redirect_refused",
                        302,
                        false,
                        "https://evil.example.com"),
                arguments(
                        "a redirect to nowhere",
                        json(307, "{}", "Location: ::::"),
                        "redirect_refused",
                        307,
                        false,
                        "ARTIFACTS_ORCHESTRATOR_URL"),
                arguments(
                        "a permanent redirect without an address",
                        bytes(308, new byte[0]),
                        "redirect_refused",
                        308,
                        false,
                        "308"),
                arguments("not modified", bytes(304, new byte[0]), "redirect_refused", 304, false, "304"));
    }

    private static LoopbackServer.Answer cut(String header, String body) {
        return (request, out) -> {
            out.write(head(200, header));
            out.write(utf8(body));
            out.flush();
            throw new LoopbackServer.Hangup();
        };
    }

    private static LoopbackServer.Answer hangup(String written) {
        return (request, out) -> {
            out.write(utf8(written));
            out.flush();
            throw new LoopbackServer.Hangup();
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void instead_of_a_page(
            String what, LoopbackServer.Answer answer, String code, int status, boolean transport, String words)
            throws Exception {
        OrchestratorException e = failure(answer);

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.httpStatus()).isEqualTo(status);
        assertThat(e.transport()).isEqualTo(transport);
        assertThat(e).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "429"})
    void a_status_that_speaks_for_itself_needs_no_body(int status) throws Exception {
        for (LoopbackServer.Answer answer : new LoopbackServer.Answer[] {
            bytes(status, new byte[0]), bytes(status, utf8(HTML), "Content-Type: text/html"), json(status, "[]")
        }) {
            OrchestratorException e = failure(answer);

            assertThat(e.code()).isNull();
            assertThat(e.httpStatus()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "401 | {\"code\":\"unauthorized\",\"message\":\"bad token\"} | unauthorized | bad token",
                "403 | {\"code\":\"forbidden\",\"message\":\"not yours\",\"extra\":{}} | forbidden | not yours",
                "422 | {\"code\":\"invalid_request\",\"message\":\"storage.bucket is required\"} | invalid_request | storage.bucket is required",
                "418 | {\"code\":\"code_of_tomorrow\",\"message\":\"m\"} | code_of_tomorrow | m",
                "500 | {\"code\":\"internal_error\"} | internal_error | the orchestrator answered 500 without a message",
                "500 | {\"code\":null,\"message\":null} | none | the orchestrator answered 500 without a message",
                "500 | {\"code\":17,\"message\":[\"x\"]} | none | the orchestrator answered 500 without a message",
                "500 | {\"code\":\"\",\"message\":\" \"} | none | the orchestrator answered 500 without a message",
                "429 | {\"message\":\"slow down\"} | none | slow down",
                "400 | {} | none | the orchestrator answered 400 without a message"
            })
    void a_refusal_keeps_the_servers_code_and_words(int status, String body, String code, String message)
            throws Exception {
        OrchestratorException e = failure(json(status, body));

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.httpStatus()).isEqualTo(status);
        assertThat(e).hasMessage(message);
        assertThat(e.transport()).isFalse();
    }

    @Test
    void json_errors_under_a_careless_content_type_are_understood() throws Exception {
        String body = "{\"code\":\"forbidden\",\"message\":\"m\"}";

        assertThat(failure(bytes(403, utf8(body), "Content-Type: text/plain")).code())
                .isEqualTo("forbidden");
        assertThat(failure(bytes(403, utf8(body), "Content-Type: application/problem+json"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(failure(bytes(403, utf8(body))).code()).isEqualTo("forbidden");
    }

    @Test
    void the_servers_words_are_cut_put_on_one_line_and_relieved_of_credentials() throws Exception {
        String message =
                "a\\nb\\u0000\\u001b[31m\\u202ec art_SECRETTOKEN redis://sess:hunter2@r:6379/0 " + "é😀".repeat(2000);

        OrchestratorException e =
                failure(json(500, "{\"code\":\"" + "c".repeat(500) + "\\n\",\"message\":\"" + message + "\"}"));

        assertThat(e.getMessage())
                .startsWith("a b [31m c [token] redis://[hidden]@r:6379/0 é😀")
                .hasSizeLessThanOrEqualTo(1024)
                .doesNotContain("hunter2")
                .endsWith("…");
        assertThat(Character.isHighSurrogate(
                        e.getMessage().charAt(e.getMessage().length() - 2)))
                .isFalse();
        assertThat(e.code()).hasSize(128).startsWith("ccc");
    }

    @Test
    void the_request_id_is_the_servers_or_else_the_one_we_sent() throws Exception {
        String sent = "[0-9a-f-]{36}";

        assertThat(failure(json(500, "{}", "X-Request-Id: req-77")).requestId()).isEqualTo("req-77");
        assertThat(failure(json(500, "{}")).requestId()).matches(sent);
        assertThat(failure(json(500, "{}", "X-Request-Id: two words")).requestId())
                .matches(sent);
        assertThat(failure(json(500, "{}", "X-Request-Id: " + "r".repeat(129))).requestId())
                .matches(sent);
        assertThat(failure(hangup("")).requestId()).matches(sent);
    }

    @Test
    void retry_after_is_handed_up_with_any_refusal_and_a_date_counts_by_the_servers_clock() throws Exception {
        assertThat(failure(json(429, "{}", "Retry-After: 7")).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failure(json(503, "{}", "Retry-After: 1000000000")).retryAfter())
                .isEqualTo(Duration.ofDays(1));
        assertThat(failure(bytes(503, utf8(HTML), "Content-Type: text/html", "Retry-After: 3"))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(failure(json(503, "{}", "Retry-After: later")).retryAfter()).isNull();
        assertThat(failure(json(503, "{}")).retryAfter()).isNull();
        assertThat(failure(json(
                                503,
                                "{}",
                                "Date: Fri, 01 May 2026 10:00:00 GMT",
                                "Retry-After: Fri, 01 May 2026 10:00:40 GMT"))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @CsvSource({"500, false", "501, false", "502, true", "503, true", "504, true", "429, false", "404, false"})
    void three_statuses_say_that_the_orchestrator_is_out(int status, boolean outage) throws Exception {
        assertThat(failure(json(status, "{\"code\":\"x\"}")).outage()).isEqualTo(outage);
        assertThat(failure(hangup("")).outage()).isTrue();
    }
}
