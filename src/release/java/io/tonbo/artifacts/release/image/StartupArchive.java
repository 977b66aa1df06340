package io.tonbo.artifacts.release.image;

import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The archive of loaded classes (class data sharing): the operator is started once, against a mock of the Kubernetes API, until
 * it is ready; what it loaded is archived.
 */
final class StartupArchive {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path java;
    private final Path application;
    private final Path scratch;
    private final Path crds;

    /**
     * @param java the launcher that is in the image
     * @param application the application's directory, with the times that its files have in the image; takes the archive
     * @param scratch a directory for what is not for the image
     * @param crds directory of the CRDs
     */
    StartupArchive(Path java, Path application, Path scratch, Path crds) {
        this.java = java;
        this.application = application;
        this.scratch = scratch;
        this.crds = crds;
    }

    /**
     * @throws IOException if a file cannot be written
     * @throws InterruptedException if interrupted
     * @throws IllegalStateException if the operator did not start, or its classes are not archived; with the end of the log
     */
    void make() throws IOException, InterruptedException {
        Path classes = scratch.resolve("classes.list");
        Launch launch = new Launch(application);
        List<String> start = new ArrayList<>(List.of(java.toString(), "-XX:DumpLoadedClassList=" + classes));
        start.addAll(launch.arguments());
        startOnce(start);
        Command.Result dump = Command.run(
                List.of(
                        java.toString(),
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + Launch.ARCHIVE,
                        "-cp",
                        launch.classPath()),
                application,
                Map.of());
        if (dump.exitCode() != 0 || !Files.exists(application.resolve(Launch.ARCHIVE))) {
            throw new IllegalStateException("no archive of loaded classes: " + dump.output());
        }
    }

    private void startOnce(List<String> command) throws InterruptedException {
        int port = LoopbackPort.free();
        try (MockKubernetes kubernetes = MockKubernetes.start(scratch)) {
            kubernetes.create(crds);
            ProcessBuilder builder = new ProcessBuilder(command).directory(application.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("ARTIFACTS_") || name.startsWith("QUARKUS_"));
            builder.environment().keySet().removeAll(Command.JAVA_OPTIONS);
            builder.environment()
                    .putAll(Map.of(
                            "KUBECONFIG",
                            kubernetes.kubeconfig().file().toString(),
                            "ARTIFACTS_ORCHESTRATOR_URL",
                            "http://127.0.0.1:9",
                            "QUARKUS_HTTP_HOST",
                            "127.0.0.1",
                            "QUARKUS_HTTP_PORT",
                            String.valueOf(port)));
            SupervisedProcess operator =
                    SupervisedProcess.start("the operator", builder, scratch.resolve("operator.log"));
            try {
                awaitReady(operator, URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
            } finally {
                operator.end(Duration.ofSeconds(30));
            }
        }
    }

    private static void awaitReady(SupervisedProcess operator, URI health) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isOk(client, request)) {
            if (!operator.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(operator.obituary());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static boolean isOk(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
