package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.SecretTemplate;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Secret to write: all of the operator's own, none of what others put there is lost. */
class SecretManifestTest {
    private static final String TRACE = "artifacts.tonbo.io/template";
    private static final PublishedCredential CREDENTIAL =
            Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
    private static final Instant NOW = Grants.ENDS.minusSeconds(86_399);
    private static final SessionRecord RECORD = new GrantedSession(
                    Grants.session(), Grants.ENDS.minusSeconds(86_400), 86_400, IssueReason.FIRST)
            .record("uid-1", "ws_1", CREDENTIAL, "", List.of(), NOW);

    private final MountSession owner = Grants.mountSession("team", "files", "uid-1");

    private Secret write(Secret existing) {
        return SecretManifest.of(existing, owner, RECORD, CREDENTIAL);
    }

    private void template(Map<String, String> labels, Map<String, String> annotations) {
        SecretTemplate template = new SecretTemplate();
        template.setLabels(labels);
        template.setAnnotations(annotations);
        owner.getSpec().setSecretTemplate(template);
    }

    /** As the API server has it after others were there, too. */
    private Secret published(UnaryOperator<SecretBuilder> edit) {
        return edit.apply(new SecretBuilder(write(null))).build();
    }

    @Test
    void aNewOneIsWhole() {
        Secret secret = write(null);
        assertThat(secret.getMetadata().getName()).isEqualTo("files");
        assertThat(secret.getMetadata().getNamespace()).isEqualTo("team");
        assertThat(secret.getMetadata().getResourceVersion()).isNull();
        assertThat(secret.getMetadata().getLabels())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/managed-by",
                        "artifacts-operator",
                        "artifacts.tonbo.io/mount-session",
                        "files"));
        assertThat(secret.getMetadata().getAnnotations()).isEqualTo(RECORD.annotations());
        assertThat(secret.getMetadata().getOwnerReferences()).containsExactly(ours(true));
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getData()).isEqualTo(Grants.encoded(CREDENTIAL.data()));
        assertThat(secret.getStringData()).isNullOrEmpty();
        assertThat(secret.getImmutable()).isNull();
        assertThat(PublishedSecret.of(secret).target("uid-1")).isEqualTo(Target.INTACT);
        assertThat(SecretManifest.dressed(secret, owner)).isTrue();
    }

    private static OwnerReference ours(boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion("artifacts.tonbo.io/v1alpha1")
                .withKind("MountSession")
                .withName("files")
                .withUid("uid-1")
                .withController(controller)
                .withBlockOwnerDeletion(false)
                .build();
    }

    private static OwnerReference theirs(Boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("group")
                .withUid("uid-2")
                .withController(controller)
                .build();
    }

    @Test
    void itsNameIsTheOneAskedFor() {
        owner.getSpec().setSecretName("other");
        assertThat(write(null).getMetadata().getName()).isEqualTo("other");
        assertThat(write(null).getMetadata().getLabels()).containsEntry("artifacts.tonbo.io/mount-session", "files");
    }

    @Test
    void aNameThatNoLabelCanHoldIsLeftOut() {
        owner.getMetadata().setName("x".repeat(63));
        Secret secret = write(null);
        assertThat(secret.getMetadata().getLabels()).containsValue("x".repeat(63));
        owner.getMetadata().setName("x".repeat(64));
        assertThat(write(null).getMetadata().getLabels()).containsOnlyKeys("app.kubernetes.io/managed-by");
        assertThat(write(secret).getMetadata().getLabels()).containsOnlyKeys("app.kubernetes.io/managed-by");
    }

    @Test
    void whatOthersPutThereStaysAndTheServersFieldsAreKept() {
        Secret existing = published(secret -> secret.editMetadata()
                .withResourceVersion("41")
                .withUid("secret-uid")
                .withFinalizers("example.com/hold")
                .withManagedFields(new ManagedFieldsEntry())
                .addToLabels("argocd.argoproj.io/instance", "prod")
                .addToAnnotations("argocd.argoproj.io/tracking-id", "prod:v1/Secret")
                .addToOwnerReferences(theirs(null))
                .endMetadata());
        assertThat(SecretManifest.dressed(existing, owner)).isTrue();

        Secret secret = write(existing);
        assertThat(secret.getMetadata().getResourceVersion()).isEqualTo("41");
        assertThat(secret.getMetadata().getUid()).isEqualTo("secret-uid");
        assertThat(secret.getMetadata().getFinalizers()).containsExactly("example.com/hold");
        assertThat(secret.getMetadata().getManagedFields()).isEmpty();
        assertThat(secret.getMetadata().getLabels()).containsEntry("argocd.argoproj.io/instance", "prod");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("argocd.argoproj.io/tracking-id", "prod:v1/Secret");
        assertThat(secret.getMetadata().getOwnerReferences()).containsExactly(ours(true), theirs(null));
        assertThat(existing.getMetadata().getManagedFields()).hasSize(1);
    }

    @Test
    void dataThatIsNotTheCredentialGoes() {
        Secret existing =
                published(secret -> secret.addToData("note", "bWluZQ==").addToStringData("more", "x"));
        assertThat(write(existing).getData()).isEqualTo(Grants.encoded(CREDENTIAL.data()));
        assertThat(write(existing).getStringData()).isNullOrEmpty();
        assertThat(write(published(secret -> secret.withImmutable(true))).getImmutable())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"revokes", "rewrites", "reissue-handled", "workspace-id"})
    void annotationsOfAnEarlierRecordGo(String name) {
        Secret existing = published(secret -> secret.editMetadata()
                .addToAnnotations("artifacts.tonbo.io/" + name, "1")
                .endMetadata());
        assertThat(write(existing).getMetadata().getAnnotations()).isEqualTo(RECORD.annotations());
    }

    @Test
    void theTemplateIsWrittenAndTraced() {
        template(Map.of("team", "a", "app", "b"), Map.of("note", "n"));
        Secret secret = write(null);
        assertThat(secret.getMetadata().getLabels()).containsEntry("team", "a").containsEntry("app", "b");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("note", "n")
                .containsEntry(TRACE, "{\"labels\":[\"app\",\"team\"],\"annotations\":[\"note\"]}");
        assertThat(SecretManifest.dressed(secret, owner)).isTrue();
    }

    @Test
    void whatLeavesTheTemplateGoesAndNothingElse() {
        template(Map.of("team", "a", "app", "b"), Map.of("note", "n"));
        Secret existing = published(secret -> secret.editMetadata()
                .addToLabels("theirs", "1")
                .addToAnnotations("theirs", "2")
                .endMetadata());
        template(Map.of("app", "c"), Map.of());
        assertThat(SecretManifest.dressed(existing, owner)).isFalse();

        Secret fewer = write(existing);
        assertThat(fewer.getMetadata().getLabels())
                .doesNotContainKey("team")
                .containsEntry("app", "c")
                .containsEntry("theirs", "1");
        assertThat(fewer.getMetadata().getAnnotations())
                .doesNotContainKey("note")
                .containsEntry("theirs", "2")
                .containsEntry(TRACE, "{\"labels\":[\"app\"],\"annotations\":[]}");

        owner.getSpec().setSecretTemplate(null);
        Secret none = write(fewer);
        assertThat(none.getMetadata().getLabels()).doesNotContainKey("app").containsKey("theirs");
        assertThat(none.getMetadata().getAnnotations()).doesNotContainKey(TRACE).containsKey("theirs");
        assertThat(SecretManifest.dressed(none, owner)).isTrue();
    }

    @Test
    void theOperatorsOwnWins() {
        template(
                Map.of("app.kubernetes.io/managed-by", "me", "artifacts.tonbo.io/mount-session", "other"),
                Map.of("artifacts.tonbo.io/session-id", "ms_9", "artifacts.tonbo.io/revokes", "[\"ms_8\"]"));
        Secret secret = write(null);
        assertThat(secret.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "artifacts-operator")
                .containsEntry("artifacts.tonbo.io/mount-session", "files");
        assertThat(secret.getMetadata().getAnnotations()).isEqualTo(RECORD.annotations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "7",
                "null",
                "{\"labels\":7,\"annotations\":[{},null,1]}",
                "{\"annotations\":[\"artifacts.tonbo.io/session-id\"]}"
            })
    void aTraceThatMakesNoSenseRemovesNothingAndIsMended(String trace) {
        Secret existing = published(secret -> secret.editMetadata()
                .addToLabels("theirs", "1")
                .addToAnnotations(TRACE, trace)
                .endMetadata());
        assertThat(SecretManifest.dressed(existing, owner)).isFalse();
        Secret secret = write(existing);
        assertThat(secret.getMetadata().getLabels()).containsKey("theirs");
        assertThat(secret.getMetadata().getAnnotations()).isEqualTo(RECORD.annotations());
        assertThat(SecretManifest.dressed(secret, owner)).isTrue();
    }

    @Test
    void aLostLabelOrOwnerIsDrift() {
        assertThat(SecretManifest.dressed(
                        published(
                                secret -> secret.editMetadata().withLabels(null).endMetadata()),
                        owner))
                .isFalse();
        Secret orphan =
                published(secret -> secret.editMetadata().withOwnerReferences().endMetadata());
        assertThat(SecretManifest.dressed(orphan, owner)).isFalse();
        assertThat(write(orphan).getMetadata().getOwnerReferences()).containsExactly(ours(true));
    }

    @Test
    void anEditedOwnerReferenceIsMended() {
        OwnerReference edited = new OwnerReferenceBuilder(ours(true))
                .withBlockOwnerDeletion(true)
                .build();
        Secret existing = published(secret -> secret.editMetadata()
                .withOwnerReferences(edited, theirs(false), edited)
                .endMetadata());
        assertThat(SecretManifest.dressed(existing, owner)).isFalse();
        assertThat(write(existing).getMetadata().getOwnerReferences()).containsExactly(theirs(false), ours(true));
    }

    @Test
    void besideAnotherControllerItIsNone() {
        Secret existing = published(secret -> secret.editMetadata()
                .withOwnerReferences(theirs(true), ours(false))
                .endMetadata());
        assertThat(SecretManifest.dressed(existing, owner)).isTrue();
        assertThat(write(existing).getMetadata().getOwnerReferences()).containsExactly(theirs(true), ours(false));
    }
}
