package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.WireSamples.TOKEN;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.client;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opening and closing a mount session sends, and what it makes of the answers. */
class MountSessionCallTest {
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
                    TOKEN, "ada", "notes", new SessionRequest(SessionMode.READ_ONLY, 3600, "ws_1"), "k");

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
                            TOKEN, "ada", "notes", new SessionRequest(SessionMode.READ_WRITE, 60, null), "k"));

            assertThat(e.sessionId()).isEqualTo("s1");
            assertThat(e.code()).isEqualTo("answer_not_json");
            assertThat(e).hasMessageContaining(field).hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void closing_a_session_again_repeats_its_idempotency_key_and_another_session_has_another() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(204, "");
                OrchestratorClient client = client(server)) {
            client.closeSession(TOKEN, "s1");
            client.closeSession(TOKEN, "s1");
            client.closeSession(TOKEN, "s2");

            List<String> keys = server.requests().stream()
                    .map(sent -> sent.headers().get("idempotency-key"))
                    .toList();
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        }
    }
}
