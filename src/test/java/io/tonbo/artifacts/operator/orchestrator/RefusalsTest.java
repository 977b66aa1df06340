package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.ListCall.failure;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.bytes;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.hangup;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client makes of a refusal: its code, its words, and when to come back. */
class RefusalsTest {
    private static final String HTML = "<html><body>Bad Gateway</body></html>";

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
