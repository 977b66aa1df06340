package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.SecretStore.Changed;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the API server refuses: told by its code, and never in words that could quote the Secret. */
class SecretStoreRefusalIT {
    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final String namespace = cluster.newNamespace("secret-refusal");
    private final KubernetesClient admin = cluster.adminClient();
    private final KubernetesClient operator = SharedKubeCluster.operator().newClient();
    private final SecretStore store = new SecretStore(operator);

    @AfterEach
    void close() {
        admin.resources(ValidatingAdmissionPolicyBinding.class)
                .withName(namespace)
                .delete();
        admin.resources(ValidatingAdmissionPolicy.class).withName(namespace).delete();
        operator.close();
    }

    private Secret manifest() {
        PublishedCredential credential =
                Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
        GrantedSession session =
                new GrantedSession(Grants.session(), Grants.ENDS.minusSeconds(86_400), 86_400, IssueReason.FIRST);
        SessionRecord record =
                session.record("uid", "ws_1", credential, "", List.of(), Grants.ENDS.minusSeconds(86_399));
        return SecretManifest.of(null, Grants.mountSession(namespace, "files", "uid"), record, credential);
    }

    @Test
    void aMissingNamespaceIsNoChange() {
        Secret manifest = new SecretBuilder(manifest())
                .editMetadata()
                .withNamespace("no-such-namespace")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> store.write(manifest))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(404));
    }

    @Test
    void aRefusalThatQuotesTheValuesIsNotPassedOn() throws Changed {
        Secret manifest = manifest();
        String url = manifest.getData().get("metaurl");
        refuseSecretsQuoting("metaurl");
        // It takes the API server a moment to heed a new policy.
        await().atMost(Duration.ofSeconds(30)).until(() -> printed(
                        refusal(() -> admin.resource(manifest).dryRun().create()))
                .contains(url));

        KubernetesClientException refusal = refusal(() -> store.write(manifest));
        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getStatus()).isNull();
        assertThat(printed(refusal)).doesNotContain(url, "PASS-SECRET");
        assertThat(refusal).hasMessage("writing Secret " + namespace + "/files: the API server answered HTTP 422");
    }

    private static KubernetesClientException refusal(ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call);
    }

    private void refuseSecretsQuoting(String key) {
        ValidatingAdmissionPolicy policy = new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("secrets")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression("false")
                .withMessageExpression("'refused: ' + string(object.data['" + key + "'])")
                .endValidation()
                .endSpec()
                .build();
        ValidatingAdmissionPolicyBinding binding = new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(namespace)
                .withValidationActions("Deny")
                .withNewMatchResources()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .endMatchResources()
                .endSpec()
                .build();
        admin.resource(policy).create();
        admin.resource(binding).create();
    }

    @Test
    void withoutAnswerThereIsNoCode() {
        try (KubernetesClient nowhere = unreachable()) {
            SecretStore far = new SecretStore(nowhere);
            assertThatThrownBy(() -> far.write(manifest()))
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                            .isNotPositive())
                    .hasMessage("writing Secret " + namespace + "/files: no answer")
                    .hasNoCause();
            assertThatThrownBy(() -> far.read(namespace, "files"))
                    .hasMessage("reading Secret " + namespace + "/files: no answer");
        }
    }

    private static KubernetesClient unreachable() {
        // Nothing listens on port 1.
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static String printed(Throwable e) {
        StringWriter text = new StringWriter();
        if (e == null) {
            return "";
        }
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
