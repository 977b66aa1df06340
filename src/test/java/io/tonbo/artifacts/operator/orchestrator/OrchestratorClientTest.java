package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each method sends, and what it makes of the documented answers. */
class OrchestratorClientTest {
    private static final String WORKSPACE =
            """
            {"id":"ws_1","handle":"ada","name":"notes","status":"%s","volume_name":"vol-1","key_prefix":"{u_1_w_1}:",
             "storage":{"bucket":"b","endpoint":"https://s3.example.com","region":"auto","prefix":null},
             "cache_profile":"interactive","created_at":"2026-05-01T10:00:00.250Z","new_field":{"x":[1]}}""";
    private static final String FORMAT =
            "{\"metadata_url\":\"redis://fmt:SECRET@r.example.com:6379/0\",\"expires_at\":\"2026-05-01T10:15:00Z\"}";
    private static final ReserveRequest NOTES =
            new ReserveRequest("notes", "interactive", new RemoteStorage("b", "https://s3.example.com", "auto", null));
    private static final RemoteWorkspace PENDING = new RemoteWorkspace(
            "ws_1",
            "ada",
            "notes",
            "pending_format",
            "vol-1",
            "{u_1_w_1}:",
            new RemoteStorage("b", "https://s3.example.com", "auto", ""),
            "interactive",
            Instant.parse("2026-05-01T10:00:00.250Z"));

    private final BearerToken token = token();

    private static BearerToken token() {
        try {
            return BearerToken.parse("art_secret");
        } catch (MalformedTokenException e) {
            throw new AssertionError(e);
        }
    }

    private static String workspace(String status) {
        return WORKSPACE.formatted(status);
    }

    private static OrchestratorClient client(LoopbackServer server) {
        return new OrchestratorClient(
                new OrchestratorAddress(server.uri()), TrustMaterial.system(), ClientTimeouts.DEFAULT);
    }

    private static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void a_reserve_sends_the_documented_body_and_headers_and_no_more() throws Exception {
        String answer = "{\"workspace\":%s,\"format\":%s}".formatted(workspace("pending_format"), FORMAT);
        try (LoopbackServer server = LoopbackServer.answering(201, answer);
                OrchestratorClient client = client(server)) {
            ReserveAnswer reserved = client.reserve(token, NOTES, "key-1");

            LoopbackServer.Request sent = server.onlyRequest();
            assertThat(sent.method() + " " + sent.target()).isEqualTo("POST /workspaces");
            assertThat(read(sent.body()))
                    .isEqualTo(
                            read(
                                    """
                    {"name":"notes","backend":"byo","cache_profile":"interactive",
                     "storage":{"bucket":"b","endpoint":"https://s3.example.com","region":"auto","prefix":""}}"""));
            assertThat(sent.headers())
                    .containsEntry("authorization", "Bearer art_secret")
                    .containsEntry("idempotency-key", "key-1")
                    .containsEntry("accept", "application/json")
                    .containsEntry("user-agent", "artifacts-operator")
                    .hasEntrySatisfying("content-type", type -> assertThat(type).startsWith("application/json"))
                    .hasEntrySatisfying("x-request-id", id -> assertThat(id).matches("[0-9a-f-]{36}"))
                    .containsOnlyKeys(
                            "authorization",
                            "idempotency-key",
                            "accept",
                            "user-agent",
                            "content-type",
                            "x-request-id",
                            "content-length",
                            "host",
                            "connection");
            assertThat(reserved).isInstanceOf(ReserveAnswer.Reserved.class);
            assertThat(reserved.workspace()).isEqualTo(PENDING);
            assertThat(reserved.grant().orElseThrow().metadataUrl().reveal())
                    .isEqualTo("redis://fmt:SECRET@r.example.com:6379/0");
            assertThat(reserved.grant().orElseThrow().expiresAt()).isEqualTo("2026-05-01T10:15:00Z");
            assertThat(reserved.toString()).doesNotContain("SECRET");
        }
    }

    @Test
    void a_reserve_without_a_cache_profile_leaves_the_field_out() throws Exception {
        String answer = "{\"workspace\":%s}".formatted(workspace("pending_format"));
        try (LoopbackServer server = LoopbackServer.answering(201, answer);
                OrchestratorClient client = client(server)) {
            ReserveAnswer reserved = client.reserve(token, new ReserveRequest("notes", null, NOTES.storage()), "k");

            assertThat(read(server.onlyRequest().body()).has("cache_profile")).isFalse();
            assertThat(reserved.grant()).as("a grant may be missing").isEmpty();
        }
    }

    @Test
    void a_name_that_is_taken_is_an_answer_with_the_live_workspace_and_a_fresh_grant() throws Exception {
        String existing = workspace("pending_format").replaceFirst("\\}$", ",\"format\":" + FORMAT + "}");
        try (LoopbackServer server = LoopbackServer.answering(409, exists(existing));
                OrchestratorClient client = client(server)) {
            ReserveAnswer answer = client.reserve(token, NOTES, "k");

            assertThat(answer).isInstanceOf(ReserveAnswer.AlreadyExists.class);
            assertThat(answer.workspace()).isEqualTo(PENDING);
            assertThat(answer.grant()).isPresent();
        }
    }

    @Test
    void a_name_that_is_taken_may_come_without_a_grant_or_with_null() throws Exception {
        String existing = workspace("active").replaceFirst("\\}$", ",\"format\":null}");
        try (LoopbackServer server = LoopbackServer.answering(409, exists(existing));
                OrchestratorClient client = client(server)) {
            ReserveAnswer answer = client.reserve(token, NOTES, "k");

            assertThat(answer.workspace().state()).isEqualTo(WorkspaceState.ACTIVE);
            assertThat(answer.grant()).isEmpty();
        }
    }

    private static String exists(String existing) {
        return "{\"code\":\"workspace_exists\",\"message\":\"taken\",\"existing\":" + existing + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"workspace_exists\",\"message\":\"taken\"}",
                "{\"code\":\"workspace_exists\",\"message\":\"taken\",\"existing\":null}",
                "{\"code\":\"workspace_exists\",\"message\":\"taken\",\"existing\":{\"id\":\"ws_1\"}}"
            })
    void a_name_that_is_taken_by_nobody_knows_whom_is_an_exception(String body) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(409, body);
                OrchestratorClient client = client(server)) {
            OrchestratorException e =
                    catchThrowableOfType(OrchestratorException.class, () -> client.reserve(token, NOTES, "k"));

            assertThat(e.code()).isEqualTo("workspace_exists");
            assertThat(e.httpStatus()).isEqualTo(409);
        }
    }

    @Test
    void a_conflict_of_another_kind_is_not_taken_for_a_name_that_is_taken() throws Exception {
        String body = "{\"code\":\"tenant_exists\",\"existing\":" + workspace("active") + "}";
        try (LoopbackServer server = LoopbackServer.answering(409, body);
                OrchestratorClient client = client(server)) {
            OrchestratorException e =
                    catchThrowableOfType(OrchestratorException.class, () -> client.reserve(token, NOTES, "k"));

            assertThat(e.code()).isEqualTo("tenant_exists");
        }
    }

    @Test
    void a_list_is_read_page_by_page() throws Exception {
        String page = "{\"workspaces\":[%s],\"next_cursor\":\"a b/+&\"}".formatted(workspace("active"));
        try (LoopbackServer server = LoopbackServer.answering((request, out) -> {
                    boolean first = !request.target().contains("cursor");
                    json(200, first ? page : "{\"workspaces\":[],\"next_cursor\":null}")
                            .write(request, out);
                });
                OrchestratorClient client = client(server)) {
            WorkspacePage first = client.list(token, null, 100);
            WorkspacePage second = client.list(token, first.nextCursor(), 100);

            assertThat(first.workspaces()).extracting(RemoteWorkspace::address).containsExactly("ada/notes");
            assertThat(second.nextCursor()).isNull();
            assertThat(server.requests())
                    .extracting(LoopbackServer.Request::target)
                    .containsExactly("/workspaces?limit=100", "/workspaces?cursor=a%20b%2F%2B%26&limit=100");
            assertThat(server.requests().get(0).headers()).doesNotContainKey("idempotency-key");
            assertThat(server.requests().get(0).headers().get("x-request-id"))
                    .isNotEqualTo(server.requests().get(1).headers().get("x-request-id"));
        }
    }

    @Test
    void rows_that_cannot_be_used_are_skipped_and_counted_and_the_others_stay() throws Exception {
        String rows = String.join(
                ",",
                workspace("active"),
                "null",
                "17",
                "[]",
                "{}",
                workspace("active").replace("\"ws_1\"", "\"\""),
                workspace("active").replace("\"ws_1\"", "12"),
                workspace("active").replace("\"ws_1\"", "\"" + "i".repeat(257) + "\""),
                workspace("active").replace("\"ada\"", "null"),
                workspace("active").replace("\"ada\"", "\"..\""),
                workspace("active").replace("\"notes\"", "{}"),
                workspace("a_state_of_tomorrow").replace("\"ws_1\"", "\"ws_2\""),
                workspace("active")
                        .replace("\"ws_1\"", "\"ws_3\"")
                        .replaceFirst("(?s)\"storage\":\\{.*?\\}", "\"storage\":null"));
        try (LoopbackServer server = LoopbackServer.answering(200, "{\"workspaces\":[" + rows + "]}");
                OrchestratorClient client = client(server)) {
            WorkspacePage page = client.list(token, null, 10);

            assertThat(page.workspaces()).extracting(RemoteWorkspace::id).containsExactly("ws_1", "ws_2", "ws_3");
            assertThat(page.workspaces().get(1).state()).isEqualTo(WorkspaceState.UNKNOWN);
            assertThat(page.workspaces().get(2).storage()).isNull();
            assertThat(page.skippedRows()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "7", "\"same\""})
    void a_cursor_that_leads_nowhere_ends_the_list(String cursor) throws Exception {
        try (LoopbackServer server =
                        LoopbackServer.answering(200, "{\"workspaces\":[],\"next_cursor\":" + cursor + "}");
                OrchestratorClient client = client(server)) {
            assertThat(client.list(token, "same", 10).nextCursor()).isNull();
        }
    }

    @Test
    void a_workspace_is_fetched_under_its_address_with_every_odd_character_encoded() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, workspace("active"));
                OrchestratorClient client = client(server)) {
            assertThat(client.get(token, "a/d?a", "n#ö t%2e").orElseThrow().state())
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
                    catchThrowableOfType(OrchestratorException.class, () -> client.closeSession(token, segment));

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
            assertThat(client.get(token, "ada", "notes")).isPresent();

            assertThat(server.onlyRequest().target()).isEqualTo("/api/v1/workspaces/ada/notes");
        }
    }

    @Test
    void only_the_orchestrators_own_404_says_that_there_is_no_workspace() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(404, "{\"code\":\"workspace_not_found\"}");
                OrchestratorClient client = client(server)) {
            assertThat(client.get(token, "ada", "notes")).isEmpty();
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
                    catchThrowableOfType(OrchestratorException.class, () -> client.get(token, "ada", "notes"));

            assertThat(e.code()).isEqualTo(code);
            assertThat(e.httpStatus()).isEqualTo(404);
        }
    }

    @Test
    void a_confirm_is_a_post_without_a_body_for_the_expected_id() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, workspace("active"));
                OrchestratorClient client = client(server)) {
            assertThat(client.confirmFormat(token, "ada", "notes", "ws 1", "k").state())
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
            client.delete(token, "ada", "notes", "ws_1", "k");
            client.closeSession(token, "s/1");

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
                                    OrchestratorException.class, () -> client.delete(token, "ada", "notes", null, "k"))
                            .code())
                    .isEqualTo(code);
            assertThat(catchThrowableOfType(OrchestratorException.class, () -> client.closeSession(token, "s1"))
                            .code())
                    .isEqualTo(code);
        }
    }

    @Test
    void closing_a_session_again_repeats_its_idempotency_key_and_another_session_has_another() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(204, "");
                OrchestratorClient client = client(server)) {
            client.closeSession(token, "s1");
            client.closeSession(token, "s1");
            client.closeSession(token, "s2");

            List<String> keys = server.requests().stream()
                    .map(sent -> sent.headers().get("idempotency-key"))
                    .toList();
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        }
    }

    private static final String SESSION =
            """
            {"session":{"id":"s1","mode":"rw","expires_at":"2026-05-01T11:00:00Z"},
             "metadata_url":"rediss://sess:SECRET@r.example.com:6379/0","volume_name":"vol-1","key_prefix":"{u_1_w_1}:",
             "storage":{"bucket":"b","endpoint":"https://s3.example.com"}}""";

    @Test
    void a_session_is_opened_with_mode_and_ttl_and_its_credential_does_not_show() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(201, SESSION);
                OrchestratorClient client = client(server)) {
            OpenedSession session = client.openSession(
                    token, "ada", "notes", new SessionRequest(SessionMode.READ_ONLY, 3600, "ws_1"), "k");

            LoopbackServer.Request sent = server.onlyRequest();
            assertThat(sent.target()).isEqualTo("/workspaces/ada/notes/mount-sessions?expected_id=ws_1");
            assertThat(read(sent.body())).isEqualTo(read("{\"mode\":\"ro\",\"ttl_seconds\":3600}"));
            assertThat(session.id()).isEqualTo("s1");
            assertThat(session.expiresAt()).isEqualTo("2026-05-01T11:00:00Z");
            assertThat(session.storage().region()).isEmpty();
            assertThat(session.toString()).doesNotContain("SECRET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires_at", "metadata_url", "volume_name"})
    void a_session_that_cannot_be_used_names_its_id_so_that_it_can_be_closed(String field) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(201, SESSION.replace(field, "absent"));
                OrchestratorClient client = client(server)) {
            OrchestratorException e = catchThrowableOfType(
                    OrchestratorException.class,
                    () -> client.openSession(
                            token, "ada", "notes", new SessionRequest(SessionMode.READ_WRITE, 60, null), "k"));

            assertThat(e.sessionId()).isEqualTo("s1");
            assertThat(e.code()).isEqualTo("answer_not_json");
            assertThat(e).hasMessageContaining(field).hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void an_idempotency_key_that_is_no_header_value_is_a_mistake_of_ours() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(204, "");
                OrchestratorClient client = client(server)) {
            for (String key : List.of("", "a b", "a\r\nX: y", "k".repeat(256))) {
                assertThatIllegalArgumentException().isThrownBy(() -> client.delete(token, "a", "b", null, key));
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

            client.list(token, null, 1);

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
