package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.ListCall.failure;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.bytes;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.hangup;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.head;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything a server, a proxy or a broken network may send instead of an answer. */
class UnusableAnswersTest {
    private static final String HTML = "<html><body>Bad Gateway</body></html>";
    private static final String LIST = "{\"workspaces\":[]}";

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
}
