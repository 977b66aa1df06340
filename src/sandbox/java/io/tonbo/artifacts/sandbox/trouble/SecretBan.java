package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** An admission policy of the cluster's administrator under which one Secret cannot be written. */
final class SecretBan {
    private SecretBan() {}

    /** Bans it, and waits until the API server heeds that, which takes it a moment. */
    static void put(TroubleStage stage) throws InterruptedException {
        KubernetesClient client = stage.objects().client();
        stage.onClear(() -> lift(stage));
        client.resource(policy(name(stage), stage.id())).create();
        client.resource(binding(name(stage), stage.objects().namespace())).create();
        TroubleObjects.until("an admission policy that is heeded", () -> isBanned(stage));
    }

    static void lift(TroubleStage stage) {
        KubernetesClient client = stage.objects().client();
        client.resources(ValidatingAdmissionPolicyBinding.class)
                .withName(name(stage))
                .delete();
        client.resources(ValidatingAdmissionPolicy.class).withName(name(stage)).delete();
    }

    private static String name(TroubleStage stage) {
        return stage.objects().namespace() + "-" + stage.id();
    }

    private static boolean isBanned(TroubleStage stage) {
        var tried = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(stage.objects().namespace())
                .withName(stage.id())
                .addToLabels("tried", String.valueOf(System.nanoTime()))
                .endMetadata()
                .build();
        try {
            stage.objects().client().resource(tried).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    private static ValidatingAdmissionPolicy policy(String name, String secret) {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name)
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

    private static ValidatingAdmissionPolicyBinding binding(String policy, String namespace) {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(policy)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(policy)
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
