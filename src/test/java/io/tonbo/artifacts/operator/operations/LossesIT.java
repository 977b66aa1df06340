package io.tonbo.artifacts.operator.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operations page says of each loss: what stays, what waits, and that it goes on when what was lost is back. */
class LossesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static World world;
    private static String namespace;
    private static int stories;

    private final String name = "loss-" + ++stories;
    private final WorkspaceScene workspaces =
            new WorkspaceScene(world, namespace).goodKeys().bucket(name);
    private final SessionScene sessions = new SessionScene(workspaces);
    private InProcessOperator operator;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("losses");
        new WorkspaceScene(world, namespace).token(world.token("ada"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void operate() {
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.01, Set.of(namespace));
    }

    @AfterEach
    void stopOperator() {
        world.metadata().heal();
        operator.close();
    }

    private void aReadySession() {
        workspaces.apply(name, name);
        workspaces.untilReady(name);
        aSessionIsReady();
    }

    private void aSessionIsReady() {
        sessions.apply(name, name, spec -> spec.setTtlSeconds(7200));
        sessions.untilReady(name);
    }

    private String session() {
        return sessions.get(name).getStatus().getSessionId();
    }

    private static SessionState state(String session) {
        return world.orchestrator().admin().session(session).orElseThrow().state();
    }

    private void isReadyStill() {
        assertThat(workspaces.isTrue(name, "Ready")).isTrue();
        assertThat(sessions.condition(name, "Ready").map(Condition::getStatus)).contains(ConditionStatus.TRUE);
    }

    private void untilRenewalIsBlocked(String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sessions.condition(name, "Renewed"))
                .as(() -> sessions.describe(name))
                .hasValueSatisfying(renewed -> {
                    assertThat(renewed.getStatus()).isEqualTo(ConditionStatus.FALSE);
                    assertThat(renewed.getReason()).isEqualTo(reason);
                }));
    }

    @Test
    void withoutAnOperatorWhatIsPublishedWorksAndWhatIsDeletedWaits() {
        aReadySession();
        String session = session();
        operator.close();

        sessions.delete(name);
        workspaces.delete(name);
        await().during(Duration.ofSeconds(1)).until(() -> sessions.get(name) != null && workspaces.get(name) != null);
        assertThat(state(session)).isEqualTo(SessionState.LIVE);

        operate();
        sessions.untilGone(name);
        workspaces.untilGone(name);
        assertThat(state(session)).isNotEqualTo(SessionState.LIVE);
    }

    @Test
    void withoutAnOrchestratorWhatIsRetainedGoesAtOnceAndWhatIsToBeDeletedWaits() {
        workspaces.apply(name, name);
        workspaces.apply("doomed", name, spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
        workspaces.untilReady(name);
        workspaces.untilReady("doomed");
        world.orchestrator().stopListening();
        try {
            workspaces.delete(name);
            workspaces.untilGone(name);
            assertThat(workspaces.events(name))
                    .anyMatch(event -> event.getReason().equals("Retained"));

            workspaces.delete("doomed");
            workspaces.untilStalled("doomed", "DeletionBlocked");
            workspaces.resource("doomed").edit(workspace -> {
                workspace.getMetadata().setAnnotations(Map.of(ArtifactsApi.ABANDON, "true"));
                return workspace;
            });
            workspaces.untilGone("doomed");
        } finally {
            world.orchestrator().listen();
        }
        assertThat(world.orchestrator().admin().workspace("ada", "doomed")).isPresent();
    }

    @Test
    void withoutTheMetadataRedisAllIsReadyButRenewalsAreBlocked() {
        aReadySession();
        String session = session();
        world.metadata().afterEachCommand(command -> Reply.DROP);

        sessions.renew(name);
        untilRenewalIsBlocked("MetadataUnreachable");
        isReadyStill();

        world.metadata().heal();
        sessions.untilReplaced(name, session);
    }

    @Test
    void withoutTheBucketAllIsReadyAndNothingIsFormattedAgain() {
        aReadySession();
        String session = session();
        String volume = workspaces.get(name).getStatus().getVolumeName();
        world.s3().deleteBucket(name);

        sessions.lookAgain(name);
        isReadyStill();
        sessions.renew(name);
        sessions.untilReplaced(name, session);
        isReadyStill();

        // Restored, and empty: it is not filled anew.
        workspaces.bucket(name);
        sessions.lookAgain(name);
        assertThat(world.s3().keys(name, "")).isEmpty();
        assertThat(workspaces.get(name).getStatus().getVolumeName()).isEqualTo(volume);
    }

    @Test
    void withoutTheBucketOfAnAdoptedWorkspaceItIsReadyButRenewalsAreBlocked() {
        workspaces.apply(name, name);
        workspaces.untilReady(name);
        workspaces.delete(name);
        workspaces.untilGone(name);
        workspaces.apply(name, name, spec -> spec.setAdoptionPolicy(AdoptionPolicy.ADOPT));
        workspaces.untilReady(name);
        aSessionIsReady();
        String session = session();
        String mark = workspaces.get(name).getStatus().getVolumeName() + "/juicefs_uuid";
        byte[] uuid = world.s3().get(name, mark).orElseThrow();
        world.s3().deleteBucket(name);

        sessions.renew(name);
        untilRenewalIsBlocked("BucketNotFound");
        isReadyStill();

        workspaces.bucket(name);
        world.s3().put(name, mark, uuid);
        sessions.untilReplaced(name, session);
    }

    @Test
    void withoutTheBucketsKeysRenewalsAreBlockedUntilTheyAreBack() {
        aReadySession();
        String session = session();
        workspaces
                .client()
                .secrets()
                .inNamespace(namespace)
                .withName(WorkspaceScene.KEYS_SECRET)
                .delete();
        // One that has read them goes on with them for up to five minutes.
        operator.close();
        operate();

        sessions.renew(name);
        untilRenewalIsBlocked("StorageCredentialsMissing");
        isReadyStill();

        workspaces.goodKeys();
        sessions.untilReplaced(name, session);
    }

    @Test
    void aPublishedSecretOfABackupIsInTheWay() {
        aReadySession();
        String restored = name + "-restored";
        workspaces
                .client()
                .resource(new SecretBuilder(sessions.secret(name).get())
                        .editMetadata()
                        .withName(restored)
                        .withUid(null)
                        .withResourceVersion(null)
                        .withOwnerReferences()
                        .endMetadata()
                        .build())
                .create();

        sessions.apply(restored, name);
        sessions.until(restored, "Ready", ConditionStatus.FALSE, "MountTargetInUse");

        sessions.secret(restored).delete();
        sessions.untilReady(restored);
    }

    @Test
    void afterEtcdWasRestoredEndedSessionsAreReplacedWhenAsked() {
        aReadySession();
        MountSession backup = sessions.get(name);
        Secret backupOfSecret = sessions.secret(name).get();
        String ended = session();
        sessions.annotate(name, ArtifactsApi.REISSUE_REQUESTED_AT, "before the restore");
        sessions.untilReplaced(name, ended);
        await().atMost(PATIENCE).until(() -> state(ended) != SessionState.LIVE);

        operator.close();
        sessions.secret(name).edit(secret -> {
            secret.setData(backupOfSecret.getData());
            secret.getMetadata().setAnnotations(backupOfSecret.getMetadata().getAnnotations());
            return secret;
        });
        sessions.resource(name).editStatus(session -> {
            session.setStatus(backup.getStatus());
            session.getMetadata().setManagedFields(null);
            return session;
        });
        sessions.resource(name).edit(session -> {
            session.getMetadata().setAnnotations(null);
            return session;
        });
        operate();
        sessions.lookAgain(name);
        assertThat(session()).isEqualTo(ended);
        isReadyStill();

        sessions.annotate(name, ArtifactsApi.REISSUE_REQUESTED_AT, "after the restore");
        sessions.untilReplaced(name, ended);
        assertThat(state(session())).isEqualTo(SessionState.LIVE);
    }
}
