package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A release's Pods, in a cluster without nodes: the packaged operator as a process with exactly the environment, the arguments and
 * the ServiceAccount of the Pod that was installed. Other than in a node, its port is one that is free.
 */
final class Released {
    private static final long SECONDS_AT_MOST = 90;
    /** Waiting times are what they are multiplied by. */
    private static final String TIME_SCALE = "0.05";

    private final KubeCluster cluster;
    private final Path directory;

    /**
     * @param cluster where it is installed
     * @param directory where its logs go
     */
    Released(KubeCluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    /**
     * @return the operator of the Deployment as the API server has it, started
     */
    OperatorProcess operator() throws IOException, InterruptedException {
        PodSpec pod = cluster.adminClient()
                .apps()
                .deployments()
                .inNamespace(Chart.NAMESPACE)
                .withName(Chart.RELEASE)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec();
        Container container = pod.getContainers().get(0);
        if (!container.getCommand().isEmpty() || !container.getArgs().isEmpty()) {
            throw new AssertionError("the image is to know how it is started");
        }
        return OperatorProcess.start(
                        OperatorProcess.packaged(ProjectRoot.find()),
                        environment(pod),
                        List.of("-D" + OperatorSettings.TIME_SCALE + "=" + TIME_SCALE, "-XX:TieredStopAtLevel=1"),
                        Files.createTempFile(directory, "operator", ".log"))
                .awaitStarted();
    }

    private Map<String, String> environment(PodSpec pod) {
        Map<String, String> env = new HashMap<>();
        pod.getContainers()
                .get(0)
                .getEnv()
                .forEach(variable -> env.put(
                        variable.getName(),
                        variable.getValueFrom() == null
                                ? variable.getValue()
                                : field(variable.getValueFrom().getFieldRef().getFieldPath())));
        if (pod.getServiceAccountName() != null) {
            env.put(
                    "KUBECONFIG",
                    cluster.restrictedKubeconfig(Chart.NAMESPACE, pod.getServiceAccountName())
                            .file()
                            .toString());
        }
        return env;
    }

    private static String field(String path) {
        return switch (path) {
            case "metadata.namespace" -> Chart.NAMESPACE;
            case "metadata.name" -> Chart.RELEASE + "-0";
            default -> throw new AssertionError("no field of this Pod: " + path);
        };
    }

    /**
     * What a run of the image came to.
     *
     * @param exitCode its exit code
     * @param output what it said
     */
    record Run(int exitCode, String output) {}

    /**
     * @param pod a Pod that runs once
     * @param arguments in the place of the Pod's, or none
     * @return what became of it
     */
    Run once(PodSpec pod, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                OperatorProcess.packaged(ProjectRoot.find())
                        .resolve("quarkus-run.jar")
                        .toString()));
        command.addAll(arguments.length == 0 ? pod.getContainers().get(0).getArgs() : List.of(arguments));
        Path log = Files.createTempFile(directory, "check", ".log");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        program.environment().putAll(environment(pod));
        Process process = program.start();
        if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command + " still ran after " + SECONDS_AT_MOST + " s:\n" + Files.readString(log));
        }
        return new Run(process.exitValue(), Files.readString(log));
    }
}
