package io.tonbo.artifacts.operator.api.v1alpha1;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real API server with the Workspace's CustomResourceDefinition, and the kubectl that belongs to it. */
final class TestApiServer implements AutoCloseable {
    private static final String VERSION = "1.34.4";

    private final KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
            .withApiServerVersion(VERSION)
            .withOfflineMode(true)
            .build());
    private final KubernetesClient client;
    private final Path kubeconfig;

    TestApiServer() throws IOException {
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
        kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
        Files.writeString(kubeconfig, server.getKubeConfigYaml());
        Path crd = CustomResourceDefinitions.file(Workspace.class);
        client.load(Files.newInputStream(crd)).create();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("workspaces.artifacts.tonbo.io")
                .waitUntilCondition(
                        d -> d != null
                                && d.getStatus() != null
                                && d.getStatus().getConditions().stream()
                                        .anyMatch(c -> c.getType().equals("Established")
                                                && c.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    KubernetesClient client() {
        return client;
    }

    String createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** What a user's kubectl prints, errors included; an exit code other than 0 is part of it. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        Path binary =
                Path.of(System.getProperty("user.home"), ".kubeapitest", "k8s", VERSION + "-linux-amd64", "kubectl");
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        return exit == 0 ? output : output + "exit code " + exit;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.stop();
        Files.delete(kubeconfig);
    }
}
