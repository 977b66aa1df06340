package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadKind;
import java.util.Map;
import java.util.Optional;

/** The workloads of one namespace as the API server has them, each by its name: none is listed or watched. */
final class RestartTargets {
    private final KubernetesClient client;
    private final String namespace;

    RestartTargets(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * @return the workload; empty when there is none
     * @throws KubernetesClientException when the API server refuses or fails
     */
    Optional<HasMetadata> get(WorkloadKind kind, String name) {
        return Optional.ofNullable(resource(kind, name).get());
    }

    /**
     * Writes a stamp on the Pod template and nothing else, so that it collides with nobody's change. Where it is written
     * already, this restarts nothing.
     *
     * @param workload as read by {@link #get}, which saves the client from reading it again
     * @throws KubernetesClientException when the API server refuses or fails, or the workload is gone
     */
    void stamp(HasMetadata workload, RestartStamp stamp) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put(stamp.key(), stamp.value());
        client.resource(workload).patch(PatchContext.of(PatchType.JSON_MERGE), body.toString());
    }

    private Resource<? extends HasMetadata> resource(WorkloadKind kind, String name) {
        var apps = client.apps();
        return switch (kind) {
            case DEPLOYMENT -> apps.deployments().inNamespace(namespace).withName(name);
            case STATEFUL_SET -> apps.statefulSets().inNamespace(namespace).withName(name);
            case DAEMON_SET -> apps.daemonSets().inNamespace(namespace).withName(name);
        };
    }

    /**
     * @param workload a Deployment, StatefulSet or DaemonSet
     * @return the template of its Pods
     * @throws IllegalArgumentException when it is of another kind
     */
    static PodTemplateSpec template(HasMetadata workload) {
        if (workload instanceof Deployment deployment) {
            return deployment.getSpec().getTemplate();
        }
        if (workload instanceof StatefulSet set) {
            return set.getSpec().getTemplate();
        }
        if (workload instanceof DaemonSet set) {
            return set.getSpec().getTemplate();
        }
        throw new IllegalArgumentException("no workload with a Pod template: " + workload.getKind());
    }

    /**
     * @param template a Pod template; null counts as empty
     * @return its annotations; never null
     */
    static Map<String, String> annotations(PodTemplateSpec template) {
        boolean none = template == null
                || template.getMetadata() == null
                || template.getMetadata().getAnnotations() == null;
        return none ? Map.of() : template.getMetadata().getAnnotations();
    }
}
