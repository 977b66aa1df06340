package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.sandbox.kube.KubeBinaries;
import io.tonbo.artifacts.sandbox.kube.KubeBinary;
import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
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
    /** Lines that are indented by two, on a terminal or not. */
    private static final Pattern WHAT_TO_TYPE = Pattern.compile("(?m)^  (\\w[^\r\n]*)\r?$");

    private static final String ANY_PORT = "-Dsandbox.page.port=0";

    @TempDir
    private Path scratch;

    private Path directory;
    private final List<ServerSocket> occupied = new ArrayList<>();

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
        Path manifests = Files.createDirectory(scratch.resolve("manifests"));
        Path project = ProjectRoot.find();
        Files.copy(project.resolve("examples/wrong-bucket.yaml"), manifests.resolve("workspace.yaml"));
        Files.copy(project.resolve("examples/quickstart/mountsession.yaml"), manifests.resolve("mountsession.yaml"));
        try (SandboxRun run = SandboxRun.start(
                directory, "-Duser.home=" + home, "-Dsandbox.once", "-Dsandbox.manifest=" + manifests, ANY_PORT)) {
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("no Kubernetes API server can be had in seconds: " + home + "/.kubeapitest/")
                    .contains("cannot be filled: a file is in the way at " + home)
                    .contains("or let ~/.kubeapitest be a link to another place")
                    .contains("Not Ready: BucketNotFound: ", "Hint: ")
                    .containsPattern("Workspace +failed: not Ready")
                    .containsPattern("MountSession +failed: not waited for")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its script(1) takes a command")
    void onATerminalTheListIsLiveAndWhatItSaysToTypeWorks() throws Exception {
        try (SandboxRun run = SandboxRun.onTerminal(directory, ANY_PORT)) {
            run.awaitSaid("Ctrl-C ends everything");
            assertThat(run.output())
                    .containsPattern("[\u2800-\u28ff]\\S* \\S*operator")
                    .containsPattern("\u2714\\S* \\S*MountSession");
            List<String> commands = WHAT_TO_TYPE
                    .matcher(run.output())
                    .results()
                    .map(typed -> typed.group(1))
                    .toList();
            assertThat(commands)
                    .contains("kubectl get artifacts", "kubectl describe secret quickstart")
                    .anyMatch(typed -> typed.startsWith("export KUBECONFIG="));
            assertThat(typed(commands))
                    .containsPattern("workspace.artifacts.tonbo.io/quickstart +True +Active")
                    .containsPattern("metaurl: +\\d+ bytes")
                    .contains("workspace.artifacts.tonbo.io/wrong-bucket created")
                    .doesNotContain("redis://");
            List<String> toLook = List.of(commands.get(0), commands.get(commands.size() - 1));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(typed(toLook)).contains("BucketNotFound", "Hint:"));

            List<ProcessHandle> children = run.children();
            run.ctrlC();
            assertThat(run.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(run.output()).containsSubsequence("Ending ...", "nothing is left running");
            assertThat(run.output().lastIndexOf("\033[?25h"))
                    .isGreaterThan(run.output().lastIndexOf("\033[?25l"));
            SandboxRun.assertEnd(children);
            SandboxRun.assertNothingLeft(directory);
            assertThat(directory.resolve("operator.log"))
                    .as("the operator ends by itself, while what it needs is there")
                    .content()
                    .contains("stopped in")
                    .doesNotContain("Connection refused", "ConnectException");
        }
    }

    /** In a shell of their own, one after the other, with the sandbox's kubectl. */
    private String typed(List<String> commands) throws Exception {
        Path output = Files.createTempFile(scratch, "typed", ".out");
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-ec", String.join("\n", commands))
                .directory(ProjectRoot.find().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment()
                .merge(
                        "PATH",
                        KubeBinaries.ready().path(KubeBinary.KUBECTL).getParent() + ":",
                        (path, own) -> own + path);
        shell.environment().put("KUBECACHEDIR", scratch.resolve("cache").toString());
        Process process = shell.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
        return Files.readString(output);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its script(1) takes a command")
    void ctrlCInTheMiddleOfStartingEndsAllThatHasStarted() throws Exception {
        try (SandboxRun run = SandboxRun.onTerminal(directory, ANY_PORT)) {
            run.awaitChild("kube-apiserver");
            List<ProcessHandle> children = run.children();
            run.ctrlC();
            assertThat(run.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(run.output())
                    .containsSubsequence("Ending ...", "nothing is left running")
                    .doesNotContain("cannot go on", "Exception");
            SandboxRun.assertEnd(children);
            SandboxRun.assertNothingLeft(directory);
        }
    }

    @Test
    void portsThatAreTakenAreNoObstacleAndAServerThatDiesIsNamed() throws Exception {
        occupy(9000, 7700);
        try (SandboxRun run = SandboxRun.start(directory, MOCK)) {
            run.awaitSaid("Ctrl-C ends everything");
            assertThat(run.output())
                    .contains("port 9000 is taken: the examples are applied with ")
                    .contains("port 7700 is taken: the page is at a free one")
                    .contains("Ready after")
                    .doesNotContain("127.0.0.1:7700/", "http://127.0.0.1:9000 ", "WARN", "Exception");

            List<ProcessHandle> children = run.children();
            run.awaitChild("redis-server").destroyForcibly();
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .containsSubsequence(
                            "The sandbox cannot go on: Redis ended with exit code 137", "nothing is left running");
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
            boolean heeded = SandboxRun.isHangUpHeeded();
            next.signal(heeded ? "HUP" : "TERM");
            assertThat(next.awaitEnd()).isEqualTo(heeded ? HUNG_UP : TERMINATED);
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
        assertOneLine(2, scratch + " holds no manifest (*.yaml)", "-Dsandbox.manifest=" + scratch);
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

    /** Until the end of the test; if somebody else has them, so much the better. */
    private void occupy(int... ports) throws IOException {
        for (int port : ports) {
            try {
                occupied.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            } catch (BindException e) {
                assertThat(LoopbackPort.isFree(port)).isFalse();
            }
        }
    }

    @AfterEach
    void release() throws IOException {
        for (ServerSocket socket : occupied) {
            socket.close();
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
