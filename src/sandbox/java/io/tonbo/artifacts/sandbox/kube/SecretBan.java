package io.tonbo.artifacts.sandbox.kube;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * An admission policy of the cluster's administrator under which one Secret of a namespace cannot be written.
 *
 * @param admin a client that may make such policies
 * @param namespace the Secret's
 * @param secret its name
 */
public record SecretBan(KubernetesClient admin, String namespace, String secret) {
    /** How a policy refuses unless it says otherwise. */
    private static final int UNPROCESSABLE = 422;

    /** Bans it; {@linkplain #isHeeded() it takes the API server a moment} to heed that. */
    public void put() {
        admin.resource(policy()).create();
        admin.resource(binding()).create();
    }

    /** Takes the ban back; does nothing if there is none. */
    public void lift() {
        admin.resources(ValidatingAdmissionPolicyBinding.class).withName(name()).delete();
        admin.resources(ValidatingAdmissionPolicy.class).withName(name()).delete();
    }

    /**
     * @return whether the API server refuses to write it by now
     */
    public boolean isHeeded() {
        var tried = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(secret)
                .addToLabels("tried", String.valueOf(System.nanoTime()))
                .endMetadata()
                .build();
        try {
            admin.resource(tried).dryRun().serverSideApply();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == UNPROCESSABLE;
        }
    }

    private String name() {
        return namespace + "-" + secret;
    }

    private ValidatingAdmissionPolicy policy() {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name())
                .endMetadata()
                .withNewSpec()
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE", "UPDATE")
                .withResources("secrets")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression("object.metadata.name != '" + secret + "'")
                .withMessage("no such Secret here")
                .endValidation()
                .endSpec()
                .build();
    }

    private ValidatingAdmissionPolicyBinding binding() {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(name())
                .endMetadata()
                .withNewSpec()
                .withPolicyName(name())
                .withValidationActions("Deny")
                .withNewMatchResources()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .endMatchResources()
                .endSpec()
                .build();
    }
}
