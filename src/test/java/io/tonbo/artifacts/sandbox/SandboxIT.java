package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer's first command does, all of it, in a process of its own, with real signals. */
class SandboxIT {
    private static final int HUNG_UP = 128 + 1;
    private static final int INTERRUPTED = 128 + 2;
    private static final int TERMINATED = 128 + 15;
    private static final String MOCK = "-Dsandbox.kubernetes=mock";
    private static final String ANY_PORT = "-Dsandbox.page.port=0";

    @TempDir
    private Path scratch;

    private Path directory;

    @BeforeEach
    void choosePlace() {
        directory = scratch.resolve("sandbox");
    }

    @Test
    void bringsTheQuickstartToReadyAndLeavesNothingBehind() throws Exception {
        try (SandboxRun run = SandboxRun.start(directory, "-Dsandbox.once", ANY_PORT)) {
            run.awaitSaid("applied ");
            List<ProcessHandle> children = run.children();
            assertThat(run.awaitEnd()).isZero();

            assertThat(run.output())
                    .containsPattern("Kubernetes +1\\.34\\.4 at https://127\\.0\\.0\\.1:\\d+: API server")
                    .contains(
                            "tonbo-token and bucket-keys",
                            "applied        examples/quickstart/workspace.yaml",
                            "applied        examples/quickstart/mountsession.yaml")
                    .containsPattern("Workspace +Ready=True Active: artifacts://sandbox/quickstart is active")
                    .containsPattern("MountSession +Ready=True CredentialPublished: Secret quickstart holds")
                    .contains("Ready after", "nothing is left running")
                    .doesNotContain("WARN", "SLF4J", "Exception", "\033");
            SandboxRun.assertEnd(children);
            SandboxRun.assertNothingLeft(directory);
            assertThat(directory.resolve("operator.log")).isNotEmptyFile();
        }
    }

    @Test
    void withoutKubernetesAMockTakesItsPlace() throws Exception {
        try (SandboxRun run = SandboxRun.start(directory, MOCK, ANY_PORT)) {
            String page = run.awaitSaid("page +(http://127\\.0\\.0\\.1:\\d+/)").group(1);
            run.awaitSaid("Ctrl-C ends everything");
            assertThat(run.output())
                    .contains("kubectl does not work with it", "./mvnw -Psandbox -Dsandbox.kubernetes=real")
                    .doesNotContain("KUBECONFIG");
            assertThat(get(page)).contains("<html");
            assertThat(get(page + "api/state")).contains("quickstart", "bucket-not-found");
            deletesBothAndTheirSecret();

            List<ProcessHandle> children = run.children();
            run.signal("TERM");
            assertThat(run.awaitEnd()).isEqualTo(TERMINATED);
            SandboxRun.assertEnd(children);
            SandboxRun.assertNothingLeft(directory);
        }
    }

    /** As the operator does it: the last session first, and nothing is there any more. */
    private void deletesBothAndTheirSecret() throws Exception {
        Config config = Config.fromKubeconfig(Files.readString(directory.resolve("kubeconfig")));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(client.resources(Secret.class)
                            .inNamespace("default")
                            .withName("quickstart")
                            .get()
                            .getData())
                    .containsKey("metaurl");
            client.resources(MountSession.class)
                    .inNamespace("default")
                    .withName("quickstart")
                    .delete();
            client.resources(Workspace.class)
                    .inNamespace("default")
                    .withName("quickstart")
                    .delete();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(client.resources(Workspace.class)
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .isEmpty();
                assertThat(client.resources(MountSession.class)
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .isEmpty();
                assertThat(client.secrets()
                                .inNamespace("default")
                                .withName("quickstart")
                                .get())
                        .isNull();
            });
        }
    }

    @Test
    void aMachineThatCanHaveNoKubernetesInSecondsIsToldWhyAndWhatIsNotReady() throws Exception {
        Path home = Files.writeString(scratch.resolve("home"), "not a directory");
        try (SandboxRun run = SandboxRun.start(
                directory,
                "-Duser.home=" + home,
                "-Dsandbox.once",
                "-Dsandbox.manifest=examples/wrong-bucket.yaml",
                ANY_PORT)) {
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("no Kubernetes API server can be had in seconds: a file is in the way at " + home)
                    .contains("Not Ready: BucketNotFound: ", "Hint: ")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its script(1) takes a command")
    void onATerminalTheListIsLiveAndTheTerminalIsGivenBack() throws Exception {
        try (SandboxRun run = SandboxRun.onTerminal(directory, "-Dsandbox.once", MOCK, ANY_PORT)) {
            assertThat(run.awaitEnd()).isZero();
            assertThat(run.output())
                    .containsPattern("[\u2800-\u28ff]\\S* \\S*operator")
                    .containsPattern("\u2714\\S* \\S*MountSession")
                    .contains("nothing is left running");
            assertThat(run.output().lastIndexOf("\033[?25h"))
                    .isGreaterThan(run.output().lastIndexOf("\033[?25l"));
        }
    }

    @Test
    void ctrlCInTheMiddleOfStartingEndsAllThatHasStarted() throws Exception {
        try (SandboxRun run = SandboxRun.start(directory, ANY_PORT)) {
            run.awaitSaid("orchestrator  ");
            Thread.sleep(1_000);
            List<ProcessHandle> children = run.children();
            run.signal("INT");
            assertThat(run.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(run.output()).contains("nothing is left running").doesNotContain("cannot go on", "Exception");
            SandboxRun.assertEnd(children);
            SandboxRun.assertNothingLeft(directory);
        }
    }

    @Test
    void aSandboxThatIsKilledTakesItsProcessesWithItAndTheNextOneCleansUp() throws Exception {
        try (SandboxRun run = SandboxRun.start(directory, MOCK, ANY_PORT)) {
            run.awaitSaid("operator +runs");
            List<ProcessHandle> children = run.children();
            run.signal("KILL");
            run.awaitEnd();
            SandboxRun.assertEnd(children);
        }
        assertThat(directory.resolve("parts")).isNotEmptyDirectory();
        try (SandboxRun next = SandboxRun.start(directory, MOCK, ANY_PORT)) {
            next.awaitSaid("was killed: what it left is deleted");
            next.awaitSaid("Redis  ");
            next.signal("HUP");
            assertThat(next.awaitEnd()).isEqualTo(HUNG_UP);
            SandboxRun.assertNothingLeft(directory);
        }
    }

    @Test
    void whatCannotBeIsSaidInOneLineBeforeAnythingStarts() throws Exception {
        assertOneLine(2, "-Dsandbox.kubernetes=minikube is not a choice", "-Dsandbox.kubernetes=minikube");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    1,
                    "The sandbox cannot go on: port " + taken.getLocalPort() + " is in use",
                    "-Dsandbox.page.port=" + taken.getLocalPort());
        }
        directory = Files.writeString(scratch.resolve("file"), "").resolve("sandbox");
        assertOneLine(1, "The sandbox cannot go on: a file is in the way at " + directory.getParent());
    }

    private void assertOneLine(int exitCode, String line, String... options) throws Exception {
        Path log = scratch.resolve("one-line.log");
        try (SandboxRun run = SandboxRun.startLoggingTo(log, directory, options)) {
            assertThat(run.awaitEnd()).isEqualTo(exitCode);
            assertThat(run.output().lines().filter(said -> said.startsWith(line)))
                    .hasSize(1);
            assertThat(run.output()).doesNotContain("Exception", "\tat ", "Redis");
        }
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
