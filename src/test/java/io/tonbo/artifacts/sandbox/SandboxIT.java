package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer's first command does, all of it, in a process of its own. */
class SandboxIT {
    @TempDir
    private Path directory;

    private record Run(int exitCode, String output) {}

    @Test
    void bringsTheQuickstartToReadyAndLeavesNothingBehind() throws Exception {
        Run run = run();

        assertThat(run.output())
                .contains(
                        "Kubernetes",
                        "Secret         bucket-keys",
                        "applied        examples/quickstart/workspace.yaml",
                        "applied        examples/quickstart/mountsession.yaml")
                .containsPattern("Ready=True +Active: artifacts://sandbox/quickstart is active")
                .containsPattern("Ready=True +CredentialPublished: Secret quickstart holds a read-write credential")
                .contains("Ready after", "nothing is left running")
                .doesNotContain("WARN", "SLF4J", "Exception");
        assertThat(run.exitCode()).isZero();
        assertThat(directory.resolve("kubeconfig")).doesNotExist();
        assertThat(directory.resolve("operator.log")).isNotEmptyFile();
    }

    @Test
    void saysWhyAWorkspaceIsNotReadyAndWhatToDo() throws Exception {
        Run run = run("-Dsandbox.manifest=examples/wrong-bucket.yaml");

        assertThat(run.output())
                .contains("Not Ready: BucketNotFound: ", "Hint: ")
                .doesNotContain("Exception");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private Run run(String... options) throws Exception {
        Path log = directory.resolve("sandbox.log");
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(options),
                        Stream.of(
                                "-Dsandbox.once",
                                "-Dsandbox.directory=" + directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                SandboxMain.class.getName()))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(ProjectRoot.find().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        List<ProcessHandle> started;
        try {
            while (!Files.readString(log).contains("applied ") && process.isAlive()) {
                Thread.sleep(50);
            }
            started = process.descendants().toList();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroy();
        }
        assertThat(started).isNotEmpty();
        // A watchdog ends a moment after what it watched.
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(started)
                .noneMatch(ProcessHandle::isAlive));
        return new Run(process.exitValue(), Files.readString(log));
    }
}
