package io.tonbo.artifacts.operator.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;

/** {@link ResourceKind#minimal}, applied with kubectl in a namespace of its own. */
record AppliedMinimal(ResourceKind kind, String namespace) {
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    static AppliedMinimal in(String prefix, ResourceKind kind) {
        String namespace = CLUSTER.newNamespace(prefix);
        CLUSTER.kubectl("apply", "-n", namespace, "-f", kind.minimal().toString())
                .orFail();
        return new AppliedMinimal(kind, namespace);
    }

    /** {@code <kind>/minimal}, as kubectl takes it. */
    String address() {
        return kind.shortName() + "/minimal";
    }

    /** Plays the operator. */
    void setStatus(String json) {
        resource().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": " + json + "}");
    }

    private Resource<? extends CustomResource<?, ?>> resource() {
        return CLUSTER.adminClient()
                .resources(kind.type())
                .inNamespace(namespace)
                .withName("minimal");
    }
}
