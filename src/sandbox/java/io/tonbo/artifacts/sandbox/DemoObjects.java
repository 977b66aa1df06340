package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import java.util.Map;

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
     * @param manifest what to make
     * @return the object as created
     */
    CustomResource<?, ? extends ResourceStatus> create(DemoManifest manifest) {
        CustomResource<?, ? extends ResourceStatus> wanted = manifest.object(endpoint);
        wanted.getMetadata().setNamespace(namespace);
        return client.resource(wanted).create();
    }
}
