package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
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

/** The operator as it is shipped: {@code java -jar quarkus-run.jar} with an environment of its own, on a free port. */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SupervisedProcess process;
    private final URI http;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * @param project the project's root
     * @return where a build puts the packaged application
     */
    public static Path packaged(Path project) {
        return project.resolve("target/quarkus-app");
    }

    private OperatorProcess(SupervisedProcess process, URI http) {
        this.process = process;
        this.http = http;
    }

    /**
     * Starts it and returns at once.
     *
     * @param application the packaged application's directory, such as {@code target/quarkus-app}
     * @param environment its variables; of this process's own, those that would configure it are left out
     * @param options of the Java machine, such as {@code -Dname=value}
     * @param log the file that takes its output, overwritten
     * @return the running process
     * @throws IllegalStateException if there is no such application; says what to do
     */
    public static OperatorProcess start(
            Path application, Map<String, String> environment, List<String> options, Path log) {
        Path jar = application.resolve("quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there: make it with ./mvnw package -DskipTests");
        }
        int port = LoopbackPort.free();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(OperatorProcess::configures);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().putAll(environment);
        return new OperatorProcess(
                SupervisedProcess.start("the operator", builder, log), URI.create("http://127.0.0.1:" + port));
    }

    private static boolean configures(String variable) {
        return variable.startsWith("ARTIFACTS_")
                || variable.startsWith("QUARKUS_")
                || variable.startsWith("KUBE")
                || variable.startsWith("POD_");
    }

    /**
     * Waits until it says that it has started.
     *
     * @return this
     * @throws IllegalStateException if it ends before that, or takes too long; with the end of its log
     * @throws InterruptedException if interrupted
     */
    public OperatorProcess awaitStarted() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!says("/q/health/started")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(process.obituary());
            }
            Thread.sleep(100);
        }
        return this;
    }

    private boolean says(String path) throws InterruptedException {
        try {
            return get(path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param path such as {@code /q/metrics}
     * @return the answer
     * @throws IOException if there is none
     * @throws InterruptedException if interrupted
     */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * @return base URL of health and metrics
     */
    public URI http() {
        return http;
    }

    /**
     * @return the process
     */
    public SupervisedProcess process() {
        return process;
    }

    /** Ends it as Kubernetes would: SIGTERM, and SIGKILL when that has not helped in 30 s. */
    @Override
    public void close() {
        try {
            process.end(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
        }
    }
}
