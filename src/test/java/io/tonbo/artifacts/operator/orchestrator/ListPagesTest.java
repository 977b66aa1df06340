package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.TOKEN;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.client;
import static io.tonbo.artifacts.operator.orchestrator.WireSamples.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the list is read: page by page, row by row. */
class ListPagesTest {
    @Test
    void a_list_is_read_page_by_page() throws Exception {
        String page = "{\"workspaces\":[%s],\"next_cursor\":\"a b/+&\"}".formatted(workspace("active"));
        try (LoopbackServer server = LoopbackServer.answering((request, out) -> {
                    boolean first = !request.target().contains("cursor");
                    json(200, first ? page : "{\"workspaces\":[],\"next_cursor\":null}")
                            .write(request, out);
                });
                OrchestratorClient client = client(server)) {
            WorkspacePage first = client.list(TOKEN, null, 100);
            WorkspacePage second = client.list(TOKEN, first.nextCursor(), 100);

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
                workspace("active").replace("vol-1", "v".repeat(254)),
                workspace("active").replace("{u_1_w_1}:", "p".repeat(254)),
                workspace("a_state_of_tomorrow").replace("\"ws_1\"", "\"ws_2\""),
                workspace("active")
                        .replace("\"ws_1\"", "\"ws_3\"")
                        .replaceFirst("(?s)\"storage\":\\{.*?\\}", "\"storage\":null"));
        try (LoopbackServer server = LoopbackServer.answering(200, "{\"workspaces\":[" + rows + "]}");
                OrchestratorClient client = client(server)) {
            WorkspacePage page = client.list(TOKEN, null, 10);

            assertThat(page.workspaces()).extracting(RemoteWorkspace::id).containsExactly("ws_1", "ws_2", "ws_3");
            assertThat(page.workspaces().get(1).state()).isEqualTo(WorkspaceState.UNKNOWN);
            assertThat(page.workspaces().get(2).storage()).isNull();
            assertThat(page.skippedRows()).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "7", "\"same\""})
    void a_cursor_that_leads_nowhere_ends_the_list(String cursor) throws Exception {
        try (LoopbackServer server =
                        LoopbackServer.answering(200, "{\"workspaces\":[],\"next_cursor\":" + cursor + "}");
                OrchestratorClient client = client(server)) {
            assertThat(client.list(TOKEN, "same", 10).nextCursor()).isNull();
        }
    }
}
