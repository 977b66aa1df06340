package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

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
        Path kubeconfig = hasToken(pod)
                ? cluster.restrictedKubeconfig(Chart.NAMESPACE, account(pod)).file()
                // Nor that of who runs the tests.
                : directory.resolve("no-kubeconfig");
        env.put("KUBECONFIG", kubeconfig.toString());
        return env;
    }

    /**
     * @param pod a Pod of the release's namespace
     * @return whether a kubelet would give it a token: as it says itself, or else its account
     */
    boolean hasToken(PodSpec pod) {
        return Optional.ofNullable(pod.getAutomountServiceAccountToken())
                .or(() -> Optional.ofNullable(cluster.adminClient()
                        .serviceAccounts()
                        .inNamespace(Chart.NAMESPACE)
                        .withName(account(pod))
                        .get()
                        .getAutomountServiceAccountToken()))
                .orElse(true);
    }

    private static String account(PodSpec pod) {
        return Optional.ofNullable(pod.getServiceAccountName()).orElse("default");
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
     * @return what became of it
     */
    Run once(PodSpec pod) throws IOException, InterruptedException {
        return once(pod, UnaryOperator.identity());
    }

    /**
     * @param pod a Pod that asks a Service of the release
     * @param operator who is behind that Service
     * @return what became of it
     */
    Run once(PodSpec pod, OperatorProcess operator) throws IOException, InterruptedException {
        return once(
                pod,
                argument -> argument.matches("http://[^/]+[.]svc:.*")
                        ? operator.http()
                                .resolve(URI.create(argument).getPath())
                                .toString()
                        : argument);
    }

    private Run once(PodSpec pod, UnaryOperator<String> argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                OperatorProcess.packaged(ProjectRoot.find())
                        .resolve("quarkus-run.jar")
                        .toString()));
        pod.getContainers().get(0).getArgs().stream().map(argument).forEach(command::add);
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
