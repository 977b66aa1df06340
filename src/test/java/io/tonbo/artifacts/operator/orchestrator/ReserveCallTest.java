package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.WireSamples.FORMAT;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.NOTES;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.PENDING;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.TOKEN;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.client;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.read;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reserve sends, and what it makes of the documented answers. */
class ReserveCallTest {
    @Test
    void a_reserve_sends_the_documented_body_and_headers_and_no_more() throws Exception {
        String answer = "{\"workspace\":%s,\"format\":%s}".formatted(workspace("pending_format"), FORMAT);
        try (LoopbackServer server = LoopbackServer.answering(201, answer);
                OrchestratorClient client = client(server)) {
            ReserveAnswer reserved = client.reserve(TOKEN, NOTES, "key-1");

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
            ReserveAnswer reserved = client.reserve(TOKEN, new ReserveRequest("notes", null, NOTES.storage()), "k");

            assertThat(read(server.onlyRequest().body()).has("cache_profile")).isFalse();
            assertThat(reserved.grant()).as("a grant may be missing").isEmpty();
        }
    }

    @Test
    void a_name_that_is_taken_is_an_answer_with_the_live_workspace_and_a_fresh_grant() throws Exception {
        String existing = workspace("pending_format").replaceFirst("\\}$", ",\"format\":" + FORMAT + "}");
        try (LoopbackServer server = LoopbackServer.answering(409, exists(existing));
                OrchestratorClient client = client(server)) {
            ReserveAnswer answer = client.reserve(TOKEN, NOTES, "k");

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
            ReserveAnswer answer = client.reserve(TOKEN, NOTES, "k");

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
                    catchThrowableOfType(OrchestratorException.class, () -> client.reserve(TOKEN, NOTES, "k"));

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
                    catchThrowableOfType(OrchestratorException.class, () -> client.reserve(TOKEN, NOTES, "k"));

            assertThat(e.code()).isEqualTo("tenant_exists");
        }
    }
}
