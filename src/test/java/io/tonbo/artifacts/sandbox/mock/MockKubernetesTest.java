package io.tonbo.artifacts.sandbox.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator relies on, where the mock server by itself does something else. */
class MockKubernetesTest {
    private static final String FINALIZER = "artifacts.tonbo.io/finalizer";

    @TempDir
    Path scratch;

    private MockKubernetes kubernetes;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        kubernetes = MockKubernetes.start(scratch);
        client = kubernetes.client();
        kubernetes.create(ProjectRoot.find().resolve("deploy/crds"));
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void defaultsOfTheSchemaAreFilledIn() {
        Workspace made = workspace();
        assertThat(made.getSpec().getAdoptionPolicy()).isEqualTo(AdoptionPolicy.NEVER);
        assertThat(made.getSpec().getStorage().getRegion()).isEqualTo("auto");
        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void aPatchOfTheStatusReplacesListsAndRemovesNulls() {
        Workspace made = workspace();
        patchStatus(
                made,
                "{\"status\":{\"conditions\":[" + condition("Ready") + "," + condition("Stalled")
                        + "],\"workspaceId\":\"one\"}}");
        Workspace patched =
                patchStatus(made, "{\"status\":{\"conditions\":[" + condition("Ready") + "],\"workspaceId\":null}}");
        assertThat(patched.getStatus().getConditions()).hasSize(1);
        assertThat(json(patched)).doesNotContain("workspaceId");
        assertThat(patched.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void aPatchOfAnOldVersionIsAConflict() {
        Workspace made = workspace();
        String old = "{\"metadata\":{\"resourceVersion\":\""
                + made.getMetadata().getResourceVersion() + "\"},\"status\":{\"observedGeneration\":%d}}";
        patchStatus(made, old.formatted(1));
        assertThatThrownBy(() -> patchStatus(made, old.formatted(2)))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
    }

    @Test
    void aChangeOfTheSpecIsANewGenerationAndKeepsTheStatus() {
        Workspace made = workspace();
        patchStatus(made, "{\"status\":{\"observedGeneration\":1}}");
        Workspace changed = client.resource(made)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"storage\":{\"bucket\":\"other\"}}}");
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(changed.getSpec().getStorage().getRegion()).isEqualTo("auto");
        assertThat(changed.getStatus().getObservedGeneration()).isEqualTo(1);
    }

    @Test
    void anObjectWithAFinalizerIsThereUntilItIsTaken() {
        Workspace made = workspace();
        client.resource(made).edit(w -> {
            w.addFinalizer(FINALIZER);
            return w;
        });
        client.resource(made).delete();
        Workspace marked = client.resource(made).get();
        assertThat(marked.isMarkedForDeletion()).isTrue();
        Workspace last = client.resource(marked).edit(w -> {
            w.removeFinalizer(FINALIZER);
            return w;
        });
        assertThat(last.getMetadata().getName()).isEqualTo("quickstart");
        assertThat(client.resource(made).get()).isNull();
    }

    @Test
    void stringDataOfASecretBecomesData() {
        Secret made = client.resource(secret()).create();
        assertThat(made.getData()).containsEntry("token", "c2VjcmV0");
        assertThat(made.getStringData()).isNullOrEmpty();
        assertThatThrownBy(() -> client.resource(secret()).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
    }

    @Test
    void aDeletionThatNamesAnotherUidIsAConflict() {
        Secret made = client.resource(secret()).create();
        String path = "/api/v1/namespaces/default/secrets/tonbo-token";
        assertThatThrownBy(() -> client.raw(path, "DELETE", onlyUid("another")))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        client.raw(path, "DELETE", onlyUid(made.getMetadata().getUid()));
        assertThat(client.resource(made).get()).isNull();
    }

    @Test
    void anApplyCreatesAndChanges() {
        client.resource(secret()).forceConflicts().serverSideApply();
        Secret other = new SecretBuilder(secret())
                .withStringData(null)
                .addToData("token", "b3RoZXI=")
                .build();
        assertThat(client.resource(other).forceConflicts().serverSideApply().getData())
                .containsEntry("token", "b3RoZXI=");
    }

    @Test
    void aDryRunIsAnsweredAndChangesNothing() {
        assertThat(client.resource(secret()).dryRun().serverSideApply().getData())
                .containsEntry("token", "c2VjcmV0");
        client.resource(secret()).dryRun().create();
        assertThat(client.resource(secret()).get()).isNull();

        Secret made = client.resource(secret()).create();
        assertThatThrownBy(() -> client.resource(secret()).dryRun().create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        Secret other = new SecretBuilder(secret())
                .withStringData(null)
                .addToData("token", "b3RoZXI=")
                .build();
        assertThat(client.resource(other)
                        .dryRun()
                        .forceConflicts()
                        .serverSideApply()
                        .getData())
                .containsEntry("token", "b3RoZXI=");
        assertThat(client.resource(other).dryRun().update().getData()).containsEntry("token", "b3RoZXI=");
        client.resource(made).dryRun().delete();
        assertThat(client.resource(made).get()).isEqualTo(made);
    }

    @Test
    void aWatchSeesWhatIsThereAndWhatChanges() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Workspace made = workspace();
        try (Watch watch = client.resources(Workspace.class).inAnyNamespace().watch(recording(seen))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("ADDED 1"));
            client.resource(made).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}");
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("MODIFIED 2"));
            client.resource(made).delete();
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("DELETED 2"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void itHasAVersionAndNamespaces() {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("34");
        assertThat(client.namespaces().withName("default").get()).isNotNull();
    }

    private Workspace workspace() {
        Workspace wanted = client.getKubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: artifacts.tonbo.io/v1alpha1
                        kind: Workspace
                        metadata: {name: quickstart, namespace: default}
                        spec:
                          storage:
                            bucket: team-data
                            endpoint: http://127.0.0.1:9000
                            credentialsSecretRef: {name: bucket-keys}
                        """,
                        Workspace.class);
        return client.resource(wanted).create();
    }

    private static String condition(String type) {
        return "{\"type\":\"" + type
                + "\",\"status\":\"True\",\"reason\":\"R\",\"message\":\"\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}";
    }

    private Workspace patchStatus(Workspace workspace, String patch) {
        return client.resource(workspace).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private String json(Workspace workspace) {
        return client.getKubernetesSerialization().asJson(workspace);
    }

    private static Secret secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("tonbo-token")
                .endMetadata()
                .addToStringData("token", "secret")
                .build();
    }

    private static Object onlyUid(String uid) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
    }

    private static Watcher<Workspace> recording(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Workspace workspace) {
                seen.add(action + " " + workspace.getMetadata().getGeneration());
            }

            @Override
            public void onClose(WatcherException cause) {
                // The test ends by what it has seen.
            }
        };
    }
}
