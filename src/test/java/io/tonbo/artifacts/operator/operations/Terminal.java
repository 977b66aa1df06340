package io.tonbo.artifacts.operator.operations;

import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An administrator's terminal: a bash in a directory, with kubectl and a namespace of its own. */
final class Terminal {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param cluster what kubectl talks to
     * @param namespace what it is in unless told otherwise
     * @param directory where commands run
     */
    Terminal(KubeCluster cluster, String namespace, Path directory) throws IOException {
        this.directory = directory;
        Path kubeconfig = directory.resolve("kubeconfig-of-" + namespace);
        String yaml = cluster.adminKubeconfig().yaml();
        Files.writeString(
                kubeconfig,
                yaml.replace(
                        "context: {cluster: sandbox,", "context: {namespace: " + namespace + ", cluster: sandbox,"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("KUBECACHEDIR", directory.resolve("kubectl-cache").toString());
        environment.put("PATH", cluster.kubectlProgram().getParent() + ":" + System.getenv("PATH"));
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /**
     * @param program its name
     * @return whether this machine has it
     */
    boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    /**
     * Runs commands until the first that fails.
     *
     * @return what they wrote
     * @throws AssertionError if one fails, with what they wrote
     */
    String run(String commands) throws IOException, InterruptedException {
        Path log = directory.resolve("terminal.log");
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", commands))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                throw new AssertionError("still runs:\n" + commands + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "exit code " + process.exitValue() + " of\n" + commands + "\n" + Files.readString(log));
        }
        return Files.readString(log);
    }
}
