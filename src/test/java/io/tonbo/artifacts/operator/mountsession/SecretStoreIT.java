package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.SecretStore.Changed;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As the operator's ServiceAccount on a real API server: nothing is overwritten or deleted that was not looked at. */
class SecretStoreIT {
    private static final PublishedCredential CREDENTIAL =
            Grants.published(Grants.session(), Grants.tigris(), Grants.TEMPORARY_KEYS, SessionMode.READ_WRITE);
    private static final PublishedCredential OTHER_KEYS =
            PublishedCredential.rewritten(CREDENTIAL.data(), Grants.tigris(), Grants.KEYS);

    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final String namespace = cluster.newNamespace("secret-store");
    private final KubernetesClient admin = cluster.adminClient();
    private final KubernetesClient operator = SharedKubeCluster.operator().newClient();
    private final SecretStore store = new SecretStore(operator);
    // A real one, or the garbage collector would take what it owns.
    private final MountSession owner = mountSession();

    @AfterEach
    void close() {
        operator.close();
    }

    private MountSession mountSession() {
        MountSession session = Grants.mountSession(namespace, "files", null);
        session.getSpec().setWorkspaceRef(new WorkspaceReference("data"));
        return admin.resource(session).create();
    }

    private Secret manifest(Secret existing, PublishedCredential credential) {
        GrantedSession session =
                new GrantedSession(Grants.session(), Grants.ENDS.minusSeconds(86_400), 86_400, IssueReason.FIRST);
        SessionRecord record = session.record(
                owner.getMetadata().getUid(), "ws_1", credential, "", List.of(), Grants.ENDS.minusSeconds(86_399));
        return SecretManifest.of(existing, owner, record, credential);
    }

    private Secret published() throws Changed {
        return store.write(manifest(null, CREDENTIAL));
    }

    private Secret there() {
        return store.read(namespace, "files").orElseThrow();
    }

    private Target target() {
        return PublishedSecret.of(there()).target(owner.getMetadata().getUid());
    }

    /** Somebody else's edit. */
    private Secret edited(UnaryOperator<SecretBuilder> edit) {
        return admin.secrets().inNamespace(namespace).withName("files").edit(secret -> edit.apply(
                        new SecretBuilder(secret))
                .build());
    }

    private Secret foreign() {
        return admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("files")
                        .endMetadata()
                        .addToData("password", "dGhlaXJz")
                        .build())
                .create();
    }

    @Test
    void whatIsWrittenIsReadBack() throws Changed {
        assertThat(store.read(namespace, "files")).isEmpty();
        Secret written = published();
        assertThat(there().getMetadata().getResourceVersion())
                .isEqualTo(written.getMetadata().getResourceVersion());
        assertThat(PublishedSecret.of(written).target(owner.getMetadata().getUid()))
                .isEqualTo(Target.INTACT);
        assertThat(target()).isEqualTo(Target.INTACT);
        assertThat(SecretManifest.dressed(there(), owner)).isTrue();
    }

    @Test
    void aForeignSecretIsNotTouchedByACreate() {
        Secret theirs = foreign();
        assertThatThrownBy(this::published).isInstanceOf(Changed.class);
        assertThat(there()).isEqualTo(theirs);
        assertThat(target()).isEqualTo(Target.FOREIGN);
    }

    @Test
    void aCreateOverOurOwnIsRefusedToo() throws Changed {
        Secret first = published();
        assertThatThrownBy(() -> store.write(manifest(null, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(there()).isEqualTo(first);
    }

    @Test
    void aStaleReplacementIsRefused() throws Changed {
        Secret seen = published();
        Secret theirs = edited(secret -> secret.addToData("note", "bWluZQ=="));
        assertThatThrownBy(() -> store.write(manifest(seen, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(there()).isEqualTo(theirs);
    }

    @Test
    void aReplacementOfWhatIsGoneOrMadeAnewIsRefused() throws Changed {
        Secret seen = published();
        admin.resource(seen).delete();
        assertThatThrownBy(() -> store.write(manifest(seen, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(store.read(namespace, "files")).isEmpty();
        Secret theirs = foreign();
        assertThatThrownBy(() -> store.write(manifest(seen, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(there()).isEqualTo(theirs);
    }

    @Test
    void aReplacementRemovesKeysAndLeavesWhatOthersPutThere() throws Changed {
        published();
        Secret seen = edited(secret -> secret.editMetadata()
                .addToLabels("argocd.argoproj.io/instance", "prod")
                .addToAnnotations("argocd.argoproj.io/tracking-id", "prod:v1/Secret")
                .endMetadata()
                .addToData("note", "bWluZQ=="));
        store.write(manifest(seen, OTHER_KEYS));
        assertThat(there().getData())
                .isEqualTo(Grants.encoded(OTHER_KEYS.data()))
                .doesNotContainKey("AWS_SESSION_TOKEN");
        assertThat(there().getMetadata().getLabels()).containsEntry("argocd.argoproj.io/instance", "prod");
        assertThat(there().getMetadata().getAnnotations())
                .containsEntry("argocd.argoproj.io/tracking-id", "prod:v1/Secret");
        assertThat(there().getMetadata().getUid()).isEqualTo(seen.getMetadata().getUid());
        assertThat(SecretManifest.dressed(there(), owner)).isTrue();
    }

    @Test
    void writingTheSameAgainChangesNothing() throws Changed {
        Secret seen = published();
        Secret again = store.write(manifest(seen, CREDENTIAL));
        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(seen.getMetadata().getResourceVersion());
    }

    @Test
    void anImmutableOneMakesRoom() throws Changed {
        published();
        Secret seen = edited(secret -> secret.withImmutable(true));
        assertThatThrownBy(() -> store.write(manifest(seen, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(store.read(namespace, "files")).isEmpty();
        store.write(manifest(null, OTHER_KEYS));
        assertThat(target()).isEqualTo(Target.INTACT);
    }

    @Test
    void oneOfAnotherTypeMakesRoom() throws Changed {
        Secret seen = admin.resource(new SecretBuilder(manifest(null, CREDENTIAL))
                        .withType("example.com/other")
                        .build())
                .create();
        assertThatThrownBy(() -> store.write(manifest(seen, OTHER_KEYS))).isInstanceOf(Changed.class);
        assertThat(store.read(namespace, "files")).isEmpty();
    }

    @Test
    void besideAnotherControllerItIsStillWritten() throws Changed {
        published();
        Secret seen = edited(secret -> secret.editMetadata()
                .withOwnerReferences()
                .addNewOwnerReference()
                .withApiVersion("artifacts.tonbo.io/v1alpha1")
                .withKind("MountSession")
                .withName("files")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ServiceAccount")
                .withName("default")
                .withUid(serviceAccount())
                .withController(true)
                .endOwnerReference()
                .endMetadata());
        store.write(manifest(seen, OTHER_KEYS));
        assertThat(target()).isEqualTo(Target.INTACT);
        assertThat(SecretManifest.dressed(there(), owner)).isTrue();
    }

    private String serviceAccount() {
        return await().until(
                        () -> admin.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get(),
                        account -> account != null)
                .getMetadata()
                .getUid();
    }

    @Test
    void onlyTheOneThatWasSeenIsDeleted() throws Changed {
        Secret seen = published();
        edited(secret -> secret.addToData("note", "bWluZQ=="));
        store.delete(seen);
        assertThat(store.read(namespace, "files")).isEmpty();
        assertThatCode(() -> store.delete(seen)).doesNotThrowAnyException();

        Secret theirs = foreign();
        assertThatCode(() -> store.delete(seen)).doesNotThrowAnyException();
        assertThat(there()).isEqualTo(theirs);
        assertThatThrownBy(() -> store.delete(manifest(null, CREDENTIAL))).isInstanceOf(NullPointerException.class);
        assertThat(there()).isEqualTo(theirs);
    }

    @Test
    void whatIsHeldByAFinalizerIsTerminating() throws Changed {
        published();
        Secret seen = edited(secret ->
                secret.editMetadata().addToFinalizers("example.com/hold").endMetadata());
        store.delete(seen);
        assertThat(PublishedSecret.of(there()).terminating()).isTrue();
        store.write(manifest(there(), OTHER_KEYS));
        assertThat(PublishedSecret.of(there()).terminating()).isTrue();
        edited(secret -> secret.editMetadata().withFinalizers().endMetadata());
        assertThat(store.read(namespace, "files")).isEmpty();
    }
}
