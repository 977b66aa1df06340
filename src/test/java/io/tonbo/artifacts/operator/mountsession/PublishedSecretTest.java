package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose the Secret is that stands under the name, and whether it is as it was published. */
class PublishedSecretTest {
    private static final PublishedCredential CREDENTIAL =
            Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
    private static final SessionRecord RECORD = new GrantedSession(
                    Grants.session(), Grants.ENDS.minusSeconds(86_400), 86_400, IssueReason.FIRST)
            .record("ours", "ws_1", CREDENTIAL, "", List.of(), Grants.ENDS.minusSeconds(86_399));

    private static PublishedSecret secret(List<String> owners, Map<String, String> annotations) {
        return secret(owners, annotations, CREDENTIAL.data());
    }

    private static PublishedSecret secret(
            List<String> owners, Map<String, String> annotations, Map<String, String> data) {
        return new PublishedSecret(owners, annotations, data, "", false);
    }

    @Test
    void whatWePublishedIsIntact() {
        PublishedSecret secret = secret(List.of("ours"), RECORD.annotations());
        assertThat(secret.target("ours")).isEqualTo(Target.INTACT);
        assertThat(secret.record("ours")).contains(RECORD);
    }

    @Test
    void editedDataOrRecordIsNoticed() {
        Map<String, String> data = new HashMap<>(CREDENTIAL.data());
        data.put("note", "mine");
        assertThat(secret(List.of("ours"), RECORD.annotations(), data).target("ours"))
                .isEqualTo(Target.CHANGED);
        assertThat(secret(List.of("ours"), Map.of()).target("ours")).isEqualTo(Target.CHANGED);
    }

    @Test
    void aRestoredBackupWithoutItsOwnerIsStillOurs() {
        assertThat(secret(List.of(), RECORD.annotations()).target("ours")).isEqualTo(Target.INTACT);
    }

    @Test
    void whatSomebodyElseOwnsIsForeignWhateverItSays() {
        assertThat(secret(List.of("theirs"), RECORD.annotations()).target("ours"))
                .isEqualTo(Target.FOREIGN);
        assertThat(secret(List.of(), RECORD.annotations()).target("theirs")).isEqualTo(Target.FOREIGN);
        assertThat(secret(List.of(), Map.of()).target("ours")).isEqualTo(Target.FOREIGN);
        assertThat(secret(List.of("theirs"), RECORD.annotations()).record("theirs"))
                .isEmpty();
    }

    /** As the API server has it. */
    private static SecretBuilder written() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("files")
                .withAnnotations(RECORD.annotations())
                .addNewOwnerReference()
                .withKind("MountSession")
                .withName("files")
                .withUid("ours")
                .endOwnerReference()
                .endMetadata()
                .withData(Grants.encoded(CREDENTIAL.data()));
    }

    private static PublishedSecret with(UnaryOperator<ObjectMetaBuilder> edit) {
        return PublishedSecret.of(new SecretBuilder()
                .withMetadata(edit.apply(new ObjectMetaBuilder()).build())
                .build());
    }

    @Test
    void isReadFromWhatTheApiServerHas() {
        PublishedSecret secret = PublishedSecret.of(written().build());
        assertThat(secret.target("ours")).isEqualTo(Target.INTACT);
        assertThat(secret.data()).isEqualTo(CREDENTIAL.data());
        assertThat(secret.terminating()).isFalse();
        Secret going = written()
                .editMetadata()
                .withDeletionTimestamp("2026-11-02T12:00:00Z")
                .endMetadata()
                .build();
        assertThat(PublishedSecret.of(going).terminating()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vol-1", "%%%", "dm9sLTE=A", "/w==", ""})
    void anyOtherValueIsAChangeHoweverOdd(String value) {
        Secret secret = written().addToData("name", value).build();
        assertThat(PublishedSecret.of(secret).target("ours")).isEqualTo(Target.CHANGED);
    }

    @Test
    void anEmptySecretIsRead() {
        PublishedSecret secret = with(metadata -> metadata.withName("x"));
        assertThat(secret.data()).isEmpty();
        assertThat(secret.target("ours")).isEqualTo(Target.FOREIGN);
        assertThat(secret.owner()).isEqualTo("somebody whom it does not name");
    }

    @Test
    void itsOwnerIsToldInWords() {
        assertThat(PublishedSecret.of(written().build()).owner()).isEqualTo("MountSession files");
        assertThat(with(metadata -> metadata.addToLabels(SecretManifest.MANAGED_BY, "Helm"))
                        .owner())
                .isEqualTo("Helm");
        assertThat(with(metadata -> metadata.addToLabels(SecretManifest.MANAGED_BY, ""))
                        .owner())
                .isEqualTo("somebody whom it does not name");
        assertThat(with(metadata -> metadata.addToLabels(SecretManifest.MANAGED_BY, "Helm")
                                .addToOwnerReferences(reference("Deployment", null), reference("Job", false)))
                        .owner())
                .isEqualTo("Deployment a");
        assertThat(with(metadata -> metadata.addToOwnerReferences(
                                reference("Deployment", null), reference("ExternalSecret", true)))
                        .owner())
                .isEqualTo("ExternalSecret a");
    }

    private static OwnerReference reference(String kind, Boolean controller) {
        return new OwnerReferenceBuilder()
                .withKind(kind)
                .withName("a")
                .withUid("u")
                .withController(controller)
                .build();
    }

    @Test
    void showsNoValues() {
        assertThat(secret(List.of("ours"), RECORD.annotations()).toString())
                .doesNotContain("KEY-SECRET", "PASS-SECRET", "redis://");
        assertThat(PublishedSecret.of(written().build()).toString())
                .doesNotContain("KEY-SECRET", "PASS-SECRET", "redis://")
                .doesNotContain(Grants.encoded(CREDENTIAL.data()).get("metaurl"));
    }
}
