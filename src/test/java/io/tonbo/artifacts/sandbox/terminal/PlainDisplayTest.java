package io.tonbo.artifacts.sandbox.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the output is no terminal: a log, a pipe. */
class PlainDisplayTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Display display = display(Duration.ofMinutes(10));

    @AfterEach
    void close() {
        display.close();
    }

    @Test
    void aStepIsOneLineOnceItIsDone() {
        Step step = display.begin("Redis", "starting");
        assertThat(shown()).isEmpty();
        step.done("at 127.0.0.1:6379");
        step.done("a second end is none");
        assertThat(shown()).matches(" +\\d+\\.\\d s +Redis {10}at 127.0.0.1:6379\n");
    }

    @Test
    void aLongStepTellsNowAndThenHowFarItIs() {
        display.close();
        display = display(Duration.ofMillis(200));
        Step step = display.begin("Kubernetes", "looking");
        step.phase("downloading etcd");
        step.progress("downloading etcd, 3 of 23 MB");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> shown().lines()
                                .filter(line -> line.matches(".* downloading etcd, 3 of 23 MB \\(\\d+ s\\)"))
                                .count()
                        >= 2);
        step.done("runs");
        assertThat(shown()).endsWith("runs\n");
    }

    @Test
    void everyLineIsWholeAndWithoutControlCharacters() {
        Step step = display.begin("Workspace", "waiting");
        step.milestone("Ready=False Reserving: asks the orchestrator");
        display.tell("note", "port 9000 is taken");
        step.failed("not Ready");
        assertThat(shown().chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
        assertThat(shown().lines()).hasSize(3).allMatch(line -> line.matches(" +\\d+\\.\\d s +(Workspace|note) .*"));
        assertThat(shown()).endsWith("failed: not Ready\n");
    }

    @Test
    void itIsSilentOnceClosed() {
        display.close();
        display.say("too late");
        assertThat(shown()).isEmpty();
    }

    private Display display(Duration silence) {
        return new PlainDisplay(new PrintStream(shown, true, StandardCharsets.UTF_8), silence);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
