package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.TOKEN;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.client;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls about one workspace send, and what they make of the documented answers. */
class OrchestratorClientTest {
    @Test
    void a_workspace_is_fetched_under_its_address_with_every_odd_character_encoded() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, workspace("active"));
                OrchestratorClient client = client(server)) {
            assertThat(client.get(TOKEN, "a/d?a", "n#ö t%2e").orElseThrow().state())
                    .isEqualTo(WorkspaceState.ACTIVE);

            assertThat(server.onlyRequest().target()).isEqualTo("/workspaces/a%2Fd%3Fa/n%23%C3%B6%20t%252e");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void a_segment_that_would_lead_elsewhere_is_refused_without_a_request(String segment) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(204, "");
                OrchestratorClient client = client(server)) {
            OrchestratorException e =
                    catchThrowableOfType(OrchestratorException.class, () -> client.closeSession(TOKEN, segment));

            assertThat(e.code()).isEqualTo("invalid_request");
            assertThat(e.httpStatus()).isZero();
            assertThat(e.transport()).isFalse();
            assertThat(e.requestId()).isNull();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_base_urls_path_is_kept() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, workspace("active"));
                OrchestratorClient client = new OrchestratorClient(
                        OrchestratorAddress.parse(server.uri() + "/api/v1/"),
                        TrustMaterial.system(),
                        ClientTimeouts.DEFAULT)) {
            assertThat(client.get(TOKEN, "ada", "notes")).isPresent();

            assertThat(server.onlyRequest().target()).isEqualTo("/api/v1/workspaces/ada/notes");
        }
    }

    @Test
    void only_the_orchestrators_own_404_says_that_there_is_no_workspace() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(404, "{\"code\":\"workspace_not_found\"}");
                OrchestratorClient client = client(server)) {
            assertThat(client.get(TOKEN, "ada", "notes")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":\"route_not_found\"} | route_not_found",
                "{} | ",
                "'' | answer_not_json",
                "page not found | answer_not_json"
            })
    void any_other_404_does_not(String body, String code) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(404, body);
                OrchestratorClient client = client(server)) {
            OrchestratorException e =
                    catchThrowableOfType(OrchestratorException.class, () -> client.get(TOKEN, "ada", "notes"));

            assertThat(e.code()).isEqualTo(code);
            assertThat(e.httpStatus()).isEqualTo(404);
        }
    }

    @Test
    void a_confirm_is_a_post_without_a_body_for_the_expected_id() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, workspace("active"));
                OrchestratorClient client = client(server)) {
            assertThat(client.confirmFormat(TOKEN, "ada", "notes", "ws 1", "k").state())
                    .isEqualTo(WorkspaceState.ACTIVE);

            LoopbackServer.Request sent = server.onlyRequest();
            assertThat(sent.method() + " " + sent.target())
                    .isEqualTo("POST /workspaces/ada/notes/format-completed?expected_id=ws%201");
            assertThat(sent.body()).isEmpty();
            assertThat(sent.headers()).containsEntry("content-length", "0").containsEntry("idempotency-key", "k");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {}",
                "202 | {\"id\":\"ws_1\"}",
                "202 | ''",
                "204 | ",
                "404 | {\"code\":\"workspace_not_found\"}",
                "404 | {}",
                "404 | ''",
                "200 | <ok/>"
            })
    void a_delete_is_done_when_it_is_under_way_or_there_is_nothing_left(int status, String body) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(status, body == null ? "" : body);
                OrchestratorClient client = client(server)) {
            client.delete(TOKEN, "ada", "notes", "ws_1", "k");
            client.closeSession(TOKEN, "s/1");

            assertThat(server.requests())
                    .extracting(sent -> sent.method() + " " + sent.target())
                    .containsExactly("DELETE /workspaces/ada/notes?expected_id=ws_1", "DELETE /mount-sessions/s%2F1");
            assertThat(server.requests())
                    .allSatisfy(sent -> assertThat(sent.headers()).containsKey("idempotency-key"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | default backend - 404 | answer_not_json",
                "409 | {\"code\":\"workspace_replaced\"} | workspace_replaced",
                "500 | {\"code\":\"internal_error\"} | internal_error",
                "302 | '' | redirect_refused"
            })
    void a_delete_that_something_else_answered_or_that_was_refused_is_not_done(int status, String body, String code)
            throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(status, body);
                OrchestratorClient client = client(server)) {
            assertThat(catchThrowableOfType(
                                    OrchestratorException.class, () -> client.delete(TOKEN, "ada", "notes", null, "k"))
                            .code())
                    .isEqualTo(code);
            assertThat(catchThrowableOfType(OrchestratorException.class, () -> client.closeSession(TOKEN, "s1"))
                            .code())
                    .isEqualTo(code);
        }
    }

    @Test
    void an_idempotency_key_that_is_no_header_value_is_a_mistake_of_ours() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(204, "");
                OrchestratorClient client = client(server)) {
            for (String key : List.of("", "a b", "a\r\nX: y", "k".repeat(256))) {
                assertThatIllegalArgumentException().isThrownBy(() -> client.delete(TOKEN, "a", "b", null, key));
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_servers_clock_is_known_after_an_answer_with_a_date() throws Exception {
        Instant here = Instant.parse("2026-05-01T10:00:00Z");
        try (LoopbackServer server = LoopbackServer.answering(
                        json(200, "{\"workspaces\":[]}", "Date: Fri, 01 May 2026 10:02:30 GMT"));
                OrchestratorClient client = new OrchestratorClient(
                        new OrchestratorAddress(server.uri()),
                        TrustMaterial.system(),
                        ClientTimeouts.DEFAULT,
                        InstantSource.fixed(here))) {
            assertThat(client.serverTimeOffset()).isEmpty();

            client.list(TOKEN, null, 1);

            assertThat(client.serverTimeOffset()).contains(Duration.ofSeconds(150));
        }
    }

    @Test
    void a_grant_lasts_until_its_end_by_the_servers_clock() {
        Instant now = Instant.parse("2026-05-01T10:00:00Z");
        FormatGrant grant = new FormatGrant(Sensitive.of("redis://x"), now.plusSeconds(60));

        assertThat(Map.of(
                        59, grant.lasts(Duration.ofSeconds(59), now),
                        60, grant.lasts(Duration.ofSeconds(60), now),
                        61, grant.lasts(Duration.ofSeconds(61), now)))
                .isEqualTo(Map.of(59, true, 60, true, 61, false));
        assertThat(new FormatGrant(Sensitive.of("redis://x"), null).lasts(Duration.ofDays(1), now))
                .isTrue();
    }
}
