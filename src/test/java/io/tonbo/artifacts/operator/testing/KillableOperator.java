package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged operator in a process of its own that can be killed at any moment. Its output goes to
 * {@code target/operator-processes}. It never outlives the test's JVM.
 */
public final class KillableOperator implements AutoCloseable {
    /** What the waiting times are multiplied by unless said otherwise. */
    public static final double TIME_SCALE = 0.05;

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final OperatorProcess process;
    private final Path log;

    private KillableOperator(OperatorProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; returns before it has started, which only those who count its steps need to wait for.
     *
     * @param user whom it is to be in the cluster
     * @param env its environment
     * @param namespace the namespace it watches
     * @return the process
     * @throws IllegalStateException if the operator is not packaged
     */
    public static KillableOperator start(Kubeconfig user, Map<String, String> env, String namespace) {
        return start(user, env, namespace, TIME_SCALE);
    }

    /** As {@link #start(Kubeconfig, Map, String)}, with waiting times multiplied by something else. */
    public static KillableOperator start(Kubeconfig user, Map<String, String> env, String namespace, double timeScale) {
        if (KubeCluster.isAdministrators(user.token())) {
            throw new IllegalArgumentException("the operator is never an administrator");
        }
        Map<String, String> environment = new HashMap<>(env);
        environment.put("KUBECONFIG", user.file().toString());
        environment.put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        List<String> options = List.of(
                // A process that lives for seconds only.
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-D" + OperatorSettings.TIME_SCALE + "=" + timeScale,
                "-Dquarkus.log.category.\"io.tonbo\".level=DEBUG");
        Path project = ProjectRoot.find();
        Path log = logFile(project.resolve("target"));
        return new KillableOperator(
                OperatorProcess.start(OperatorProcess.packaged(project), environment, options, log), log);
    }

    private static Path logFile(Path target) {
        try {
            Path directory = Files.createDirectories(target.resolve("operator-processes"));
            return directory.resolve(ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the operator's log", e);
        }
    }

    /**
     * Waits until its caches are filled: before that, a story may begin in the middle of their filling and take a step twice.
     *
     * @throws IllegalStateException if it does not start
     */
    public void awaitStarted() {
        try {
            process.awaitStarted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public long pid() {
        return process.process().pid();
    }

    public boolean isAlive() {
        return process.process().isAlive();
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
        return process.process().obituary();
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() {
        process.process().close();
    }

    /** As {@link #kill}. */
    @Override
    public void close() {
        kill();
    }
}
