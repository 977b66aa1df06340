package io.tonbo.artifacts.release.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An image's process as a kubelet would have it run: with the image as its read-only root, a writable {@code /tmp}, the image's
 * user, entry point and environment, a ServiceAccount's token in its place, no new privileges and no capabilities. The network
 * is this machine's. Needs Linux and root.
 */
final class Container implements AutoCloseable {
    private static final String UNSHARE = "/usr/bin/unshare";
    private static final String ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount";

    /** Becomes the process itself, whose mounts end with it. */
    private static final String RUN =
            """
            set -e
            root=$1; directory=$2; user=$3; group=$4; shift 4
            PATH=/usr/sbin:/usr/bin:/sbin:/bin
            mount --bind "$root" "$root"
            mount -o remount,bind,ro "$root"
            mount -t tmpfs tmpfs "$root/tmp"
            mount --rbind /proc "$root/proc"
            mount --rbind /dev "$root/dev"
            PATH=$IMAGE_PATH
            exec /usr/bin/setpriv --no-new-privs \
                /usr/bin/unshare --root="$root" --wd="$directory" --setgid="$group" --setuid="$user" "$@"
            """;

    private final SupervisedProcess process;
    private final URI http;
    private final HttpClient client = HttpClient.newHttpClient();

    private Container(SupervisedProcess process, URI http) {
        this.process = process;
        this.http = http;
    }

    /** Aborts the test where a process cannot have mounts of its own, or fails it where {@code CI=true}. */
    static void needMounts() {
        String lacking =
                "the image is run in a root directory of its own, which needs Linux and root, in a container with "
                        + "CAP_SYS_ADMIN (--privileged): `unshare --mount true` ";
        Optional<String> refusal = refusal();
        if (refusal.isPresent() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(lacking + refusal.get());
        }
        refusal.ifPresent(said -> abort(lacking + said));
    }

    private static Optional<String> refusal() {
        try {
            Command.Result probe = Command.run(List.of(UNSHARE, "--mount", "true"));
            return probe.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of("says " + probe.output().strip());
        } catch (IOException e) {
            return Optional.of("does not run: " + e.getMessage());
        }
    }

    /**
     * @param image what runs
     * @param root the image, unpacked; takes what a kubelet would mount
     * @param account who it is in the cluster
     * @param variables its configuration
     * @param log takes its output
     * @param arguments of the image's entry point
     */
    static Container start(
            LoadedImage image,
            Path root,
            Kubeconfig account,
            Map<String, String> variables,
            Path log,
            String... arguments)
            throws IOException {
        mount(root, account);
        int port = LoopbackPort.free();
        String[] user = image.config().at("/config/User").asText().split(":", 2);
        List<String> command = new ArrayList<>(List.of(UNSHARE, "--mount", "/bin/sh", "-c", RUN, "run"));
        command.addAll(
                List.of(root.toString(), image.config().at("/config/WorkingDir").asText(), user[0], user[1]));
        command.addAll(image.strings("/config/Entrypoint"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(image.environment());
        environment.put("IMAGE_PATH", image.environment().get("PATH"));
        environment.put("KUBERNETES_SERVICE_HOST", account.server().getHost());
        environment.put(
                "KUBERNETES_SERVICE_PORT", String.valueOf(account.server().getPort()));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.putAll(variables);
        return new Container(
                SupervisedProcess.start("the image", builder, log), URI.create("http://127.0.0.1:" + port));
    }

    private static void mount(Path root, Kubeconfig account) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        Files.copy(Path.of("/etc/hosts"), root.resolve("etc/hosts"), StandardCopyOption.REPLACE_EXISTING);
        Path secrets = Files.createDirectories(root.resolve(ACCOUNT));
        Files.writeString(secrets.resolve("token"), account.token());
        Files.writeString(secrets.resolve("ca.crt"), account.caCertificatePem());
        Files.writeString(secrets.resolve("namespace"), "artifacts-system");
    }

    SupervisedProcess process() {
        return process;
    }

    /** Where it answers. */
    URI url(String path) {
        return http.resolve(path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    boolean isUp(String path) throws InterruptedException {
        assertThat(process.isAlive()).as(process::obituary).isTrue();
        try {
            return get(path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the system says of the process, such as {@code Uid} and {@code CapEff}, with single blanks. */
    Map<String, String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0], parts -> parts[1].strip().replaceAll("\\s+", " ")));
    }

    /** The files that it has mapped, by their names. */
    List<String> mappedFiles() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "maps")).stream()
                .map(line -> line.replaceAll("^.*/", ""))
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
