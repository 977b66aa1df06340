package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that gets the programs, as a process of its own: two at once, and killed half-way. */
class KubeBinariesProcessTest {
    private static final Path CLASSES = ProjectRoot.find().resolve("target/test-classes");

    @TempDir
    Path scratch;

    private final LoopbackReleases releases = new LoopbackReleases();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        releases.close();
    }

    @Test
    void twoAtOnceFetchEverythingOnce() throws Exception {
        releases.complete(scratch);
        Process one = run("one", releases.kubernetes(), "");
        Process two = run("two", releases.kubernetes(), "");
        assertThat(one.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(two.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output("one") + output("two")).contains("downloaded").contains("found");
        assertThat(List.of(one.exitValue(), two.exitValue())).containsOnly(0);
        assertThat(releases.requests()).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void aBuildThatIsKilledEndsWithItsBuilderAndTheNextOneSucceeds() throws Exception {
        Path path = Files.createDirectories(scratch.resolve("path"));
        Path go = path.resolve("go");
        Files.writeString(go, "#!/bin/sh\necho $$ > '" + scratch + "/pid'\nexec sleep 600\n");
        assertThat(go.toFile().setExecutable(true)).isTrue();
        Process builder = run("killed", URI.create("http://127.0.0.1:1"), path.toString());
        Path pidFile = scratch.resolve("pid");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(pidFile) && !Files.readString(pidFile).isBlank());
        Optional<ProcessHandle> compiler =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
        assertThat(compiler).get().matches(ProcessHandle::isAlive);

        builder.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> compiler.filter(ProcessHandle::isAlive).isEmpty());

        releases.complete(scratch);
        assertThat(run("next", releases.kubernetes(), "").waitFor()).isZero();
        assertThat(output("next")).contains("downloaded");
    }

    @Test
    void withNothingAtAllItEndsWithOneMessageAndNoStackTrace() throws Exception {
        assertThat(run("none", URI.create("http://127.0.0.1:1"), scratch.toString())
                        .waitFor())
                .isEqualTo(1);
        assertThat(output("none")).contains("install Go 1.24 or newer").doesNotContain("\tat ");
    }

    /** In a home of its own, from a working directory outside the project. */
    private Process run(String name, URI kubernetes, String path) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + Files.createDirectories(scratch.resolve("home")),
                        "-Dos.name=Linux",
                        "-Dos.arch=amd64",
                        "-Dartifacts.kube.releases=" + kubernetes,
                        "-Dartifacts.etcd.releases=" + (kubernetes.getPort() == 1 ? kubernetes : releases.etcd()),
                        "-cp",
                        CLASSES.toString(),
                        KubeBinaries.class.getName())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(name + ".log").toFile());
        command.environment().put("PATH", tools() + (path.isEmpty() ? "" : ":" + path));
        Process process = command.start();
        started.add(process);
        return process;
    }

    /** A directory with the few programs that unpacking and the scripts need, and surely without {@code go}. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(scratch.resolve("tools"));
        for (String tool : List.of("tar", "gzip", "sleep")) {
            Path wrapper = tools.resolve(tool);
            Files.writeString(wrapper, "#!/bin/sh\nexec '" + real(tool) + "' \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }
        return tools;
    }

    private static Path real(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private String output(String name) throws IOException {
        return Files.readString(scratch.resolve(name + ".log"));
    }
}
