package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operator as it is shipped, {@code java -jar quarkus-run.jar}, in a process of its own that can be killed at any moment.
 * Its output goes to {@code target/operator-processes}. It never outlives the test's JVM.
 */
public final class OperatorProcess implements AutoCloseable {
    /** What the waiting times are multiplied by unless said otherwise. */
    public static final double TIME_SCALE = 0.05;

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final SupervisedProcess process;
    private final Path log;

    private OperatorProcess(SupervisedProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; returns before it is ready, which nobody needs to wait for.
     *
     * @param user whom it is to be in the cluster
     * @param env its environment, beside that of the test
     * @param namespace the namespace it watches
     * @return the process
     * @throws IllegalStateException if the operator is not packaged
     */
    public static OperatorProcess start(Kubeconfig user, Map<String, String> env, String namespace) {
        return start(user, env, namespace, TIME_SCALE);
    }

    /** As {@link #start(Kubeconfig, Map, String)}, with waiting times multiplied by something else. */
    public static OperatorProcess start(Kubeconfig user, Map<String, String> env, String namespace, double timeScale) {
        Path target = ProjectRoot.find().resolve("target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no " + jar + ": this test runs the packaged operator. Run it by"
                    + " ./mvnw verify, which packages first, or run ./mvnw package -DskipTests before it.");
        }
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                // A process that lives for seconds only.
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-D" + OperatorSettings.TIME_SCALE + "=" + timeScale,
                "-Dquarkus.log.category.\"io.tonbo\".level=DEBUG",
                "-Dquarkus.http.host=127.0.0.1",
                "-jar",
                jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(env);
        builder.environment().put("KUBECONFIG", user.file().toString());
        builder.environment().put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        Path log = logFile(target);
        return new OperatorProcess(SupervisedProcess.start("the operator", builder, log), log);
    }

    private static Path logFile(Path target) {
        try {
            Path directory = Files.createDirectories(target.resolve("operator-processes"));
            return directory.resolve(ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the operator's log", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * @return what it wrote so far, standard output and error
     */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return what became of it, with the last lines of its log: for a failure's message
     */
    public String obituary() {
        return process.obituary();
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() {
        process.close();
    }

    /** As {@link #kill}. */
    @Override
    public void close() {
        kill();
    }
}
