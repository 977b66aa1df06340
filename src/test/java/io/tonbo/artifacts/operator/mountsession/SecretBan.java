package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.testing.SessionScene;
import java.time.Duration;

/** An admission policy of the cluster's administrator under which one Secret cannot be written. */
final class SecretBan {
    private static final Duration HEEDED = Duration.ofSeconds(30);

    private SecretBan() {}

    /** Bans it, and waits until the API server heeds that, which takes it a moment. */
    static void put(SessionScene scene, String secret) {
        String policy = name(scene, secret);
        scene.client().resource(policy(policy, secret)).create();
        scene.client().resource(binding(policy, scene.namespace())).create();
        await().atMost(HEEDED).until(() -> isBanned(scene, secret));
    }

    static void lift(SessionScene scene, String secret) {
        KubernetesClient client = scene.client();
        String policy = name(scene, secret);
        client.resources(ValidatingAdmissionPolicyBinding.class)
                .withName(policy)
                .delete();
        client.resources(ValidatingAdmissionPolicy.class).withName(policy).delete();
    }

    private static String name(SessionScene scene, String secret) {
        return scene.namespace() + "-" + secret;
    }

    private static boolean isBanned(SessionScene scene, String secret) {
        var tried = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(scene.namespace())
                .withName(secret)
                .addToLabels("tried", String.valueOf(System.nanoTime()))
                .endMetadata()
                .build();
        return catchThrowable(() -> scene.client().resource(tried).dryRun().serverSideApply()) != null;
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
