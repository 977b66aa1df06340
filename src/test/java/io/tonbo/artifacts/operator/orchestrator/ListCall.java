package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;

/** The simplest call there is, for tests of everything that may become of a call. */
final class ListCall {
    private ListCall() {}

    static OrchestratorClient client(LoopbackServer server, Duration call) {
        return new OrchestratorClient(
                new OrchestratorAddress(server.uri()),
                TrustMaterial.system(),
                new ClientTimeouts(Duration.ofSeconds(5), call));
    }

    static WorkspacePage list(OrchestratorClient client) throws OrchestratorException {
        try {
            return client.list(BearerToken.parse("art_SECRETTOKEN"), null, 1);
        } catch (MalformedTokenException e) {
            throw new AssertionError(e);
        }
    }

    static OrchestratorException failure(OrchestratorClient client) {
        OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> list(client));
        assertThat(e).as("this is no answer to be taken for a page").isNotNull();
        return e;
    }

    /** What a call comes to that is answered like this; whatever it is, it says little and gives nothing away. */
    static OrchestratorException failure(LoopbackServer.Answer answer) {
        try (LoopbackServer server = LoopbackServer.answering(answer);
                OrchestratorClient client = client(server, Duration.ofSeconds(10))) {
            OrchestratorException e = failure(client);
            assertThat(e).hasNoCause().hasMessageNotContaining("SECRETTOKEN");
            assertThat(e.getMessage().length()).isLessThanOrEqualTo(1024);
            assertThat(server.requests()).as("sent once, whatever came of it").hasSize(1);
            return e;
        }
    }
}
