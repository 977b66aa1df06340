package io.tonbo.artifacts.sandbox.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a terminal shows of what it is sent, by a small one of our own that knows the few sequences that are used. */
class LiveDisplayTest {
    private static final String HIDE = "\033[?25l";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private Display display;

    @AfterEach
    void close() {
        display.close();
    }

    @Test
    void whatRunsIsDrawnAtTheBottomAndWhatHasEndedStaysAbove() throws Exception {
        display = on("xterm-256color", 80, Map.of());
        Step redis = display.begin("Redis", "starting");
        Step kubernetes = display.begin("Kubernetes", "starting etcd");
        redis.done("at 127.0.0.1:6379");
        display.tell("note", "port 9000 is taken");
        assertThat(screen()).hasSize(3);
        assertThat(screen().get(0)).matches(" \u2714 Redis {10}at 127.0.0.1:6379 \\(\\d+\\.\\d s\\)");
        assertThat(screen().get(1)).isEqualTo("   note           port 9000 is taken");
        assertThat(screen().get(2)).matches(" [\u2800-\u28ff] Kubernetes {5}starting etcd  \\d+ s");
        kubernetes.failed("no etcd");
        assertThat(screen()).hasSize(3).last().isEqualTo(" \u2718 Kubernetes     no etcd");
    }

    @Test
    void theSpinnerTurnsWhileNothingElseHappens() throws Exception {
        display = on("xterm-256color", 80, Map.of());
        display.begin("Kubernetes", "building etcd");
        String first = screen().get(0);
        await().atMost(Duration.ofSeconds(10)).until(() -> !screen().get(0).equals(first));
        assertThat(screen()).hasSize(1);
    }

    @Test
    void aLineThatIsDrawnAgainNeverWraps() throws Exception {
        display = on("xterm-256color", 50, Map.of());
        Step step = display.begin("Kubernetes", "downloading kube-controller-manager, 3 of 84 MB");
        assertThat(screen().get(0)).hasSizeLessThan(50).containsPattern("\u2026  \\d+ s");
        step.done("1.34.4 at https://127.0.0.1:6443: API server, etcd, controllers");
        assertThat(screen()).hasSizeGreaterThan(2).allMatch(line -> line.length() < 50);
        assertThat(String.join(" ", screen()).replaceAll(" +", " "))
                .contains("1.34.4 at https://127.0.0.1:6443: API server, etcd, controllers (");
    }

    @Test
    void moreStepsThanTheTerminalHasLinesAreNotAllDrawn() throws Exception {
        display = on("xterm-256color", 80, Map.of());
        for (int step = 0; step < 40; step++) {
            display.begin("step", "number " + step);
        }
        assertThat(screen()).hasSize(23);
    }

    @Test
    void coloursAreUsedWhereThereAreSome() throws Exception {
        display = on("xterm-256color", 80, Map.of());
        display.begin("Redis", "starting").done("runs");
        assertThat(sent()).contains("\033[32m\u2714");
    }

    @Test
    void withoutColoursNoneAreSent() throws Exception {
        display = on("xterm-256color", 80, Map.of("NO_COLOR", "1"));
        display.begin("Redis", "starting").done("runs");
        assertThat(sent()).doesNotContainPattern("\033\\[[0-9;]*m").contains("\u2714");
        display.close();
        sent.reset();

        display = on("vt100", 80, Map.of());
        display.begin("Redis", "starting").done("runs");
        assertThat(sent()).doesNotContainPattern("\033\\[[0-9;]*m").contains("runs");
    }

    @Test
    void theTerminalIsGivenBackAsItWas() throws Exception {
        display = on("xterm-256color", 80, Map.of());
        assertThat(sent()).contains(HIDE);
        display.begin("Redis", "starting");
        display.close();
        assertThat(screen()).isEmpty();
        assertThat(sent().lastIndexOf("\033[?25h")).isGreaterThan(sent().lastIndexOf(HIDE));
        int size = sent.size();
        display.begin("Redis", "starting").done("too late");
        assertThat(sent.size()).isEqualTo(size);
    }

    @Test
    void aTerminalThatIsGoneIsNoReasonToFail() throws Exception {
        boolean[] gone = {false};
        OutputStream hangUp = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (gone[0]) {
                    throw new IOException("Input/output error");
                }
            }
        };
        display = new LiveDisplay(terminal("xterm-256color", 80), hangUp, Map.of());
        Step step = display.begin("Redis", "starting");
        gone[0] = true;
        step.done("runs");
        display.say("nobody looks");
        display.close();
    }

    private Display on(String type, int columns, Map<String, String> environment) throws IOException {
        return new LiveDisplay(terminal(type, columns), sent, environment);
    }

    private static Terminal terminal(String type, int columns) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream())
                .type(type)
                .encoding(StandardCharsets.UTF_8)
                .build();
        terminal.setSize(new Size(columns, 24));
        return terminal;
    }

    private String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    /** The lines that are to be seen. */
    private List<String> screen() {
        return TinyScreen.showing(sent());
    }
}
