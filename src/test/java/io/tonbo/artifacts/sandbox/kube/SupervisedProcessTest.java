package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server of ours: nobody else ends it, and all of it ends. KubeClusterIT shows that it does not outlive a killed JVM. */
class SupervisedProcessTest {
    @TempDir
    Path scratch;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs setsid(1), and reads /proc")
    void ctrlCInOurTerminalDoesNotReachIt() throws IOException {
        try (SupervisedProcess process = start("exec sleep 600")) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(session(process.pid()))
                    .as("it leads a session of its own")
                    .isEqualTo(process.pid())
                    .isNotEqualTo(session(ProcessHandle.current().pid())));
        }
    }

    @Test
    void whatItHasStartedIsKilledWithIt() {
        SupervisedProcess process = start("sleep 600 & sleep 600 & wait");
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        // Those two, and the watchdog.
        List<ProcessHandle> started = await().atMost(Duration.ofSeconds(10))
                .until(() -> handle.descendants().toList(), children -> children.size() >= 3);
        process.close();
        assertThat(process.isAlive()).isFalse();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void oneWhoIsInterruptedWaitsForItsEndAllTheSame() {
        SupervisedProcess process = start("exec sleep 600");
        Thread.currentThread().interrupt();
        process.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(process);
    }

    private SupervisedProcess start(String script) {
        return SupervisedProcess.start(
                "server", new ProcessBuilder("/bin/sh", "-c", script), scratch.resolve("server.log"));
    }

    /** As in proc(5): pid (comm) state ppid pgrp session ... */
    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }
}
