package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page with its own beat, before a mock of the Kubernetes API. */
@Timeout(60)
class LivePageTest extends BesideOrchestrator {
    private static final String BEAT = "live-page";

    @TempDir
    Path scratch;

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private volatile Supplier<String> cause = () -> "nothing";
    private MockKubernetes kubernetes;
    private LivePage page;

    @BeforeEach
    void startKubernetes() {
        kubernetes = MockKubernetes.start(scratch);
        kubernetes.create(ProjectRoot.find().resolve("deploy/crds"));
    }

    @AfterEach
    void stop() {
        if (page != null) {
            page.close();
        }
        kubernetes.close();
    }

    private PageParts parts() {
        return new PageParts(kubernetes.client(), orchestrator.calls(), switches(), Set.of("default"));
    }

    /** One switch, whose cause a test says. */
    private Switches switches() {
        return new NoSwitches() {
            @Override
            public List<PageState.SwitchLine> lines() {
                return List.of(new PageState.SwitchLine(
                        "id",
                        "source",
                        "Reason",
                        "Error",
                        "",
                        "",
                        cause.get(),
                        "",
                        "workspace/a/b",
                        "idle",
                        null,
                        null));
            }
        };
    }

    private void listen() throws IOException, InterruptedException {
        Stream<String> lines = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(page.url().resolve("/events")).build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body();
        Thread listener = new Thread(
                () -> {
                    try {
                        lines.filter(line -> line.startsWith("data: ")).forEach(line -> frames.add(frame(line)));
                    } catch (UncheckedIOException e) {
                        // The page was closed.
                    }
                },
                "listener");
        listener.setDaemon(true);
        listener.start();
        await().until(() -> !frames.isEmpty() && last().at("/state/connected").booleanValue());
    }

    private static JsonNode frame(String line) {
        try {
            return new ObjectMapper().readTree(line.substring("data: ".length()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode last() {
        return frames.get(frames.size() - 1);
    }

    @Test
    void aStateThatChangesFiftyTimesASecondIsSentFourTimes() throws Exception {
        page = LivePage.start(parts(), 0);
        listen();
        cause = () -> "at " + System.nanoTime() / 20_000_000;
        Thread.sleep(1_000);
        int before = frames.size();
        Thread.sleep(2_000);
        assertThat(frames.size() - before).isBetween(2, 9);
    }

    @Test
    void saysSoWhenTheKubernetesApiGoesAway() throws Exception {
        page = LivePage.start(parts(), 0);
        listen();
        kubernetes.close();
        await().until(() -> !last().at("/state/connected").booleanValue());
        assertThat(last().at("/state/complete").booleanValue())
                .as("what it told stays")
                .isTrue();
    }

    @Test
    void noFailureEndsTheBeat() throws Exception {
        page = LivePage.start(parts(), 0);
        listen();
        cause = () -> {
            throw new IllegalStateException("for a moment");
        };
        await().until(() -> last().path("failing").booleanValue());
        cause = () -> "between";
        await().until(() -> !last().path("failing").booleanValue());
        cause = () -> {
            throw new StackOverflowError("for a moment");
        };
        await().until(() -> last().path("failing").booleanValue());
        cause = () -> "again";
        await().until(() -> last().at("/state/switches/0/cause").asText().equals("again")
                && !last().path("failing").booleanValue());
    }

    @Test
    void whatCannotBeServedLeavesNothingRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LivePage.startAt(parts(), taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class);
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(BEAT)));
    }
}
