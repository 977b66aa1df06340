package io.tonbo.artifacts.operator.orchestrator;

import static io.tonbo.artifacts.operator.orchestrator.LoopbackServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** Requests and answers as the documentation has them, and a client that sends them. */
final class WireSamples {
    private static final String WORKSPACE =
            """
            {"id":"ws_1","handle":"ada","name":"notes","status":"%s","volume_name":"vol-1","key_prefix":"{u_1_w_1}:",
             "storage":{"bucket":"b","endpoint":"https://s3.example.com","region":"auto","prefix":null},
             "cache_profile":"interactive","created_at":"2026-05-01T10:00:00.250Z","new_field":{"x":[1]}}""";
    static final String FORMAT =
            "{\"metadata_url\":\"redis://fmt:SECRET@r.example.com:6379/0\",\"expires_at\":\"2026-05-01T10:15:00Z\"}";
    static final ReserveRequest NOTES =
            new ReserveRequest("notes", "interactive", new RemoteStorage("b", "https://s3.example.com", "auto", null));
    static final RemoteWorkspace PENDING = new RemoteWorkspace(
            "ws_1",
            "ada",
            "notes",
            "pending_format",
            "vol-1",
            "{u_1_w_1}:",
            new RemoteStorage("b", "https://s3.example.com", "auto", ""),
            "interactive",
            Instant.parse("2026-05-01T10:00:00.250Z"));
    static final BearerToken TOKEN = token();

    private WireSamples() {}

    private static BearerToken token() {
        try {
            return BearerToken.parse("art_secret");
        } catch (MalformedTokenException e) {
            throw new AssertionError(e);
        }
    }

    static String workspace(String status) {
        return WORKSPACE.formatted(status);
    }

    static OrchestratorClient client(LoopbackServer server) {
        return new OrchestratorClient(
                new OrchestratorAddress(server.uri()), TrustMaterial.system(), ClientTimeouts.DEFAULT);
    }

    static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
