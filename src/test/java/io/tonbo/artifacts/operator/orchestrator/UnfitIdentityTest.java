package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.WireSamples.NOTES;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.TOKEN;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.client;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What says which workspace it is, and where its keys lie, is taken whole or not at all. */
class UnfitIdentityTest {
    private static String text(String letter, int times) {
        return "\"" + letter.repeat(times) + "\"";
    }

    private static String with(String field, String json) {
        return workspace("pending_format")
                .replaceFirst("\"" + field + "\":\"[^\"]*\"", Matcher.quoteReplacement("\"" + field + "\":" + json));
    }

    static Stream<Arguments> unfit() {
        return Stream.concat(Stream.of(arguments("id", text("i", 257))), unfitVolumes());
    }

    static Stream<Arguments> unfitVolumes() {
        return Stream.of(
                arguments("volume_name", text("v", 254)),
                arguments("volume_name", text("v", 2000)),
                arguments("volume_name", "17"),
                arguments("key_prefix", text("p", 254)),
                // Read as absent, it would send the volume's metadata to where other keys lie.
                arguments("key_prefix", text("p", 2000)),
                arguments("key_prefix", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void a_workspace_is_refused(String field, String json) {
        for (int status : new int[] {201, 409}) {
            String workspace = with(field, json);
            String body = status == 201
                    ? "{\"workspace\":" + workspace + "}"
                    : "{\"code\":\"workspace_exists\",\"message\":\"taken\",\"existing\":" + workspace + "}";
            refuses(status, body, client -> client.reserve(TOKEN, NOTES, "k"));
        }
        refuses(200, with(field, json), client -> client.get(TOKEN, "ada", "notes"));
        refuses(200, with(field, json), client -> client.confirmFormat(TOKEN, "ada", "notes", null, "k"));
    }

    @FunctionalInterface
    private interface Call {
        void on(OrchestratorClient client) throws OrchestratorException;
    }

    private static void refuses(int status, String body, Call call) {
        try (LoopbackServer server = LoopbackServer.answering(status, body);
                OrchestratorClient client = client(server)) {
            OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> call.on(client));

            assertThat(e).as("HTTP %s", status).isNotNull();
            assertThat(e.code()).isEqualTo("answer_not_json");
            assertThat(e.httpStatus()).isEqualTo(status);
            assertThat(e).hasMessageContaining("volume_name").hasMessageNotContaining("ppp");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfitVolumes")
    void a_session_is_refused_and_can_be_closed(String field, String json) {
        String body =
                """
                {"session":{"id":"s1","mode":"rw","expires_at":"2026-05-01T11:00:00Z"},"metadata_url":"rediss://u:p@r/0",
                 "volume_name":"vol-1","key_prefix":"{u}:"}"""
                        .replaceFirst(
                                "\"" + field + "\":\"(vol-1|\\{u}:)\"",
                                Matcher.quoteReplacement("\"" + field + "\":" + json));
        try (LoopbackServer server = LoopbackServer.answering(201, body);
                OrchestratorClient client = client(server)) {
            SessionRequest request = new SessionRequest(SessionMode.READ_WRITE, 60, null);
            OrchestratorException e = catchThrowableOfType(
                    OrchestratorException.class, () -> client.openSession(TOKEN, "ada", "notes", request, "k"));

            assertThat(e).isNotNull();
            assertThat(e.code()).isEqualTo("answer_not_json");
            assertThat(e.sessionId()).isEqualTo("s1");
        }
    }

    @ParameterizedTest
    @CsvSource({"id, 256", "volume_name, 253", "key_prefix, 253"})
    void the_longest_that_can_be_recorded_is_taken(String field, int length) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, with(field, text("x", length)));
                OrchestratorClient client = client(server)) {
            RemoteWorkspace workspace = client.get(TOKEN, "ada", "notes").orElseThrow();

            assertThat(Stream.of(workspace.id(), workspace.volumeName(), workspace.keyPrefix()))
                    .contains("x".repeat(length));
        }
    }

    @ParameterizedTest
    @CsvSource({"volume_name", "key_prefix"})
    void a_volume_may_be_unnamed_yet(String field) throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(200, with(field, "null"));
                OrchestratorClient client = client(server)) {
            assertThat(client.get(TOKEN, "ada", "notes")).isPresent();
        }
    }
}
