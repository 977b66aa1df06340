package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With every logger turned up as far as it goes, no credential of an exchange is in the log, nor in what is thrown. */
class OrchestratorSecrecyTest {
    private static final String GRANT =
            """
            {"workspace":{"id":"ws_1","handle":"ada","name":"notes"},
             "format":{"metadata_url":"redis://fmt:SECRETPASSWORD@r:6379/0","expires_at":"2026-05-01T10:15:00Z"}}""";

    private final Logger root = Logger.getLogger("");
    private final Logger library = Logger.getLogger("org.apache.hc");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLoggerName() + " " + new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        recorder.setLevel(Level.ALL);
        library.setLevel(Level.ALL);
        root.addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        root.removeHandler(recorder);
        library.setLevel(null);
    }

    @Test
    void neither_token_nor_metadata_password_reaches_the_log_at_any_level() throws Exception {
        try (LoopbackServer server = LoopbackServer.answering(201, GRANT);
                OrchestratorClient client = new OrchestratorClient(
                        new OrchestratorAddress(server.uri()), TrustMaterial.system(), ClientTimeouts.DEFAULT)) {
            ReserveAnswer answer = client.reserve(
                    BearerToken.parse("art_SECRETTOKEN"),
                    new ReserveRequest("notes", null, new RemoteStorage("b", "https://s3.example.com", null, null)),
                    "k");

            assertThat(answer.grant()).isPresent();
            assertThat(server.onlyRequest().headers()).containsEntry("authorization", "Bearer art_SECRETTOKEN");
        }
        assertThat(lines).as("the recorder hears the library").anyMatch(line -> line.contains("org.apache.hc"));
        assertThat(String.join("\n", lines)).doesNotContain("SECRET");
    }

    @Test
    void what_is_thrown_holds_no_credential_though_the_server_repeats_it() throws Exception {
        String echo =
                "{\"code\":\"art_SECRETTOKEN\",\"message\":\"no: Bearer art_SECRETTOKEN, redis://a:SECRETPASSWORD@r\"}";
        try (LoopbackServer server = LoopbackServer.answering(401, echo);
                OrchestratorClient client = new OrchestratorClient(
                        new OrchestratorAddress(server.uri()), TrustMaterial.system(), ClientTimeouts.DEFAULT)) {
            OrchestratorException e = catchThrowableOfType(
                    OrchestratorException.class, () -> client.list(BearerToken.parse("art_SECRETTOKEN"), null, 1));
            StringWriter everything = new StringWriter();
            e.printStackTrace(new PrintWriter(everything));

            assertThat(everything.toString()).contains("[token]").doesNotContain("SECRET");
            assertThat(e.code()).isEqualTo("[token]");
        }
    }
}
