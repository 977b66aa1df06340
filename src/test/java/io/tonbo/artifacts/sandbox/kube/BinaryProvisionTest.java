package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, a real directory and a real HTTP server; the programs are scripts that only know their version. */
class BinaryProvisionTest {
    private static final Platform LINUX = new Platform("linux", "amd64");

    @TempDir
    Path scratch;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private LoopbackReleases releases;
    private Patience patience = Patience.endless();
    private Path directory;
    private Path path;

    @BeforeEach
    void anEmptyMachine() throws Exception {
        releases = new LoopbackReleases();
        directory = scratch.resolve("home/.kubeapitest/k8s/1.34.4-linux-amd64");
        path = Files.createDirectories(scratch.resolve("path"));
    }

    @AfterEach
    void stop() {
        releases.close();
    }

    @Test
    void whatIsThereIsTakenAndNothingIsAsked() throws Exception {
        thereIsEverything();
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said()).isEqualTo("Kubernetes 1.34.4 in " + directory + ": found\n");
        assertThat(releases.requests()).isEmpty();
    }

    @Test
    void withoutNetworkAndGoItSaysWhatToDo() throws Exception {
        URI nobody = nobody();
        assertThatThrownBy(() -> provide(nobody, nobody))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContainingAll(
                        "There is no etcd",
                        "looked for " + directory.resolve("etcd"),
                        "downloading etcd: 127.0.0.1 cannot be reached",
                        "there is no `go` on the PATH",
                        "install Go 1.24 or newer",
                        nobody.toString(),
                        "Kubernetes 1.34.4 for linux-amd64 into " + directory);
    }

    @Test
    void publishedProgramsAreDownloadedOnce() throws Exception {
        releases.complete(scratch);
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said()).contains("Kubernetes 1.34.4 in " + directory + ": downloaded in ");
        assertEverythingRuns();
        int requests = releases.requests().size();
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said()).endsWith(": found\n");
        assertThat(releases.requests()).hasSize(requests);
    }

    @Test
    void aDownloadWithAnotherChecksumIsNotUsed() throws Exception {
        releases.complete(scratch);
        releases.replace(LoopbackReleases.kubernetes(KubeBinary.KUBECTL), "#!/bin/sh\necho 'v1.34.4, and a trojan'\n");
        assertThatThrownBy(() -> provide(releases.kubernetes(), releases.etcd()))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContainingAll("There is no kubectl", "has not the published SHA-256 checksum");
        assertThat(directory.resolve("kubectl")).doesNotExist();
        assertThat(directory.resolve("kube-apiserver")).exists();
        assertNothingUnfinished();
    }

    @Test
    void anEtcdArchiveWithAnotherChecksumIsNotUsed() throws Exception {
        releases.complete(scratch);
        releases.replace("/etcd/v3.6.4/etcd-v3.6.4-linux-amd64.tar.gz", "not the archive");
        assertThatThrownBy(() -> provide(releases.kubernetes(), releases.etcd()))
                .hasMessageContainingAll("There is no etcd", "has not the published SHA-256 checksum");
        assertNothingUnfinished();
    }

    @Test
    void whatCannotBeDownloadedIsBuilt() throws Exception {
        releases.complete(scratch);
        releases.withdraw(LoopbackReleases.kubernetes(KubeBinary.KUBE_APISERVER) + ".sha256");
        goThatBuilds("");
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said())
                .contains("downloading kube-apiserver failed", "answers HTTP 404")
                .contains("downloaded: etcd, kube-controller-manager, kubectl; built from Go modules: kube-apiserver");
        assertEverythingRuns();
    }

    @Test
    void theBuildIsLockedByGoSumAndKnowsItsVersion() throws Exception {
        goThatBuilds("echo \"$CGO_ENABLED $*\" >> '" + scratch + "/calls'; pwd >> '" + scratch + "/calls'");
        provide(nobody(), nobody());
        assertThat(said()).contains(": built from Go modules in ");
        assertThat(Files.readString(scratch.resolve("calls")))
                .contains("0 build -mod=readonly -trimpath")
                .contains("gitVersion=v1.34.4", "gitMajor=1 ", "gitMinor=34 ")
                .contains(
                        "./cmd/kube-apiserver\n", "./cmd/etcd\n", "./cmd/kubectl\n", "./cmd/kube-controller-manager\n")
                .contains("/src/kube\n");
    }

    @Test
    void everyTargetOfTheBuildIsInTheModule() {
        assertThat(KubeBinary.values()).allSatisfy(binary -> assertThat(
                        ProjectRoot.find().resolve("src/kube/cmd").resolve(binary.fileName()))
                .isDirectory());
    }

    @Test
    void aBuildThatFailsIsReportedWithItsOutput() throws Exception {
        go("echo 'go: go.mod requires go >= 1.24.0 (running go 1.19)'; exit 1");
        assertThatThrownBy(() -> provide(nobody(), nobody()))
                .hasMessageContainingAll("go build etcd ended with exit code 1", "requires go >= 1.24.0");
        assertNothingUnfinished();
    }

    @Test
    void aBuildThatYieldsRubbishIsNotInstalled() throws Exception {
        go("while [ \"$1\" != -o ]; do shift; done; echo rubbish > \"$2\"");
        assertThatThrownBy(() -> provide(nobody(), nobody())).hasMessageContaining("building etcd");
        assertThat(directory.resolve("etcd")).doesNotExist();
        assertNothingUnfinished();
    }

    @Test
    void aSlowBuildShowsThatItGoesOn() throws Exception {
        goThatBuilds("sleep 0.7");
        provide(nobody(), nobody());
        assertThat(said())
                .containsPattern(
                        "building etcd from Go modules \\.\\.\\.\n(building etcd from Go modules: \\d s\n){3}");
    }

    @Test
    void aTruncatedProgramIsReplaced() throws Exception {
        thereIsEverything();
        byte[] shell = Files.readAllBytes(Path.of("/bin/sh"));
        Files.write(directory.resolve("kube-apiserver"), Arrays.copyOf(shell, shell.length / 3));
        releases.complete(scratch);
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said()).contains("kube-apiserver is of no use", "replacing it", "downloaded: kube-apiserver");
        assertEverythingRuns();
    }

    @Test
    void anEmptyProgramAndOneOfAnotherVersionAreReplaced() throws Exception {
        thereIsEverything();
        Files.writeString(directory.resolve("etcd"), "");
        Files.writeString(directory.resolve("kubectl"), "#!/bin/sh\necho v1.33.0\n");
        releases.complete(scratch);
        provide(releases.kubernetes(), releases.etcd());
        assertThat(said()).contains("found: kube-apiserver, kube-controller-manager; downloaded: etcd, kubectl");
        assertEverythingRuns();
    }

    @Test
    void whatAnInterruptedBuildLeftIsNotTakenForAProgram() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("kubectl.unfinished"), LoopbackReleases.program(KubeBinary.KUBECTL));
        URI nobody = nobody();
        assertThatThrownBy(() -> provide(nobody, nobody)).isInstanceOf(BinariesUnavailableException.class);
        assertThat(directory.resolve("kubectl")).doesNotExist();
        assertNothingUnfinished();
    }

    @Test
    void whoCannotWaitIsToldInOneLineAndNothingIsBuilt() throws Exception {
        goThatBuilds("echo built >> '" + scratch + "/calls'");
        patience = Patience.of(Duration.ofSeconds(20), Duration.ofSeconds(75));
        URI nobody = nobody();
        assertThatThrownBy(() -> provide(nobody, nobody))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageStartingWith("downloading etcd: 127.0.0.1 cannot be reached")
                .message()
                .doesNotContain("\n");
        assertThat(scratch.resolve("calls")).doesNotExist();
    }

    @Test
    void whoCannotWaitGetsWhatIsDownloadedInTime() throws Exception {
        releases.complete(scratch);
        patience = Patience.of(Duration.ofSeconds(20), Duration.ofSeconds(75));
        provide(releases.kubernetes(), releases.etcd());
        assertEverythingRuns();
    }

    @Test
    void aServerThatSendsNothingIsNotWaitedForLonger() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            patience = Patience.of(Duration.ofSeconds(1), Duration.ofSeconds(75));
            URI server = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            assertThatThrownBy(() -> provide(server, server))
                    .isInstanceOf(BinariesUnavailableException.class)
                    .hasMessageContaining("127.0.0.1 sent nothing in 1 s");
        }
    }

    @Test
    void anotherProcessThatFillsTheDirectoryIsNotWaitedForLonger() throws Exception {
        Files.createDirectories(directory);
        patience = Patience.of(Duration.ofMillis(300), Duration.ofSeconds(75));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FillsTheDirectory.class.getName(),
                        directory.resolve(".lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> provide(releases.kubernetes(), releases.etcd()))
                    .isInstanceOf(BinariesUnavailableException.class)
                    .hasMessage("another process fills " + directory + " and is not done yet");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** A program that holds the lock until it is killed. */
    static final class FillsTheDirectory {
        public static void main(String[] arguments) throws Exception {
            try (FileChannel channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                System.out.println(lock.isValid() ? "locked" : "");
                Thread.sleep(Duration.ofMinutes(10).toMillis());
            }
        }
    }

    private void provide(URI kubernetes, URI etcd) throws IOException, InterruptedException {
        BinarySettings settings = new BinarySettings(
                directory,
                LINUX,
                kubernetes,
                etcd,
                Duration.ofSeconds(3),
                ProjectRoot.find().resolve("src/kube"),
                path.toString());
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new BinaryProvision(settings, new PlainProgress(out, Duration.ofMillis(100)), patience).run();
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void thereIsEverything() throws IOException {
        Files.createDirectories(directory);
        for (KubeBinary binary : KubeBinary.values()) {
            Path program = directory.resolve(binary.fileName());
            Files.writeString(program, LoopbackReleases.program(binary));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
    }

    /** A {@code go} that writes the script of the program it is asked for. */
    private void goThatBuilds(String first) throws IOException {
        StringBuilder cases = new StringBuilder();
        for (KubeBinary binary : KubeBinary.values()) {
            cases.append("./cmd/%s) mark='%s';;\n".formatted(binary.fileName(), binary.versionMark()));
        }
        go(first + "\nwhile [ \"$1\" != -o ]; do shift; done\ncase \"$3\" in\n" + cases
                + "esac\nprintf '#!/bin/sh\\necho \"%s\"\\n' \"$mark\" > \"$2\"");
    }

    private void go(String script) throws IOException {
        Path go = path.resolve("go");
        Files.writeString(go, "#!/bin/sh\n" + script + "\n");
        assertThat(go.toFile().setExecutable(true)).isTrue();
    }

    private void assertEverythingRuns() throws IOException, InterruptedException {
        for (KubeBinary binary : KubeBinary.values()) {
            assertThat(new BinaryStore(directory).defect(binary))
                    .as(binary.fileName())
                    .isEmpty();
        }
        assertNothingUnfinished();
    }

    private void assertNothingUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().contains("unfinished"));
        }
    }

    /** An address on which nobody listens. */
    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
