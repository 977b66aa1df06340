package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes what a user makes: Secrets, and the objects of manifests. */
final class DemoObjects {
    /** What the examples name as the S3 server. */
    static final String EXAMPLES_ENDPOINT = "http://127.0.0.1:" + SandboxSettings.EXAMPLES_S3_PORT;

    private final KubernetesClient client;
    private final String namespace;
    private final String endpoint;

    /**
     * @param client who makes them
     * @param namespace where
     * @param endpoint the S3 server that the manifests are to name, in place of the one they do name
     */
    DemoObjects(KubernetesClient client, String namespace, String endpoint) {
        this.client = client;
        this.namespace = namespace;
        this.endpoint = endpoint;
    }

    void secret(String name, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    /**
     * @param manifest a file with one Workspace or one MountSession
     * @return the object as created
     * @throws IllegalArgumentException if it is something else
     */
    CustomResource<?, ? extends ResourceStatus> create(Path manifest) throws IOException {
        KubernetesSerialization yaml = client.getKubernetesSerialization();
        String text = Files.readString(manifest).replace(EXAMPLES_ENDPOINT, endpoint);
        String kind = yaml.unmarshal(text, GenericKubernetesResource.class).getKind();
        CustomResource<?, ? extends ResourceStatus> wanted =
                switch (kind) {
                    case "Workspace" -> yaml.unmarshal(text, Workspace.class);
                    case "MountSession" -> yaml.unmarshal(text, MountSession.class);
                    default ->
                        throw new IllegalArgumentException(
                                manifest + " is neither a Workspace nor a MountSession but a " + kind);
                };
        wanted.getMetadata().setNamespace(namespace);
        return client.resource(wanted).create();
    }

    /**
     * @param place a manifest, or a directory of them
     * @return the manifests, Workspaces before MountSessions by their names: the story is easier to follow, though any order
     *     leads there
     */
    static List<Path> manifests(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
