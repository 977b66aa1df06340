package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Whether a namespace is being deleted.
 *
 * @param client the operator's client
 */
public record NamespaceEnd(KubernetesClient client) {

    /**
     * @param name a namespace
     * @return whether it is being deleted, as far as the API server tells
     */
    public boolean terminating(String name) {
        try {
            Namespace namespace = client.namespaces().withName(name).get();
            return namespace == null || namespace.getMetadata().getDeletionTimestamp() != null;
        } catch (KubernetesClientException e) {
            // Not knowing means waiting longer, never letting go too early.
            return false;
        }
    }
}
