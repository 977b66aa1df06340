package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a MountSession, from apply to gone, on real parts. */
class MountSessionLifeIT {
    private static World world;
    private static String namespace;
    private static InProcessOperator operator;
    private static WorkspaceScene workspaces;
    private static SessionScene sessions;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("sessions");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
        workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("life");
        workspaces.apply("files", "life");
        workspaces.untilReady("files");
        sessions = new SessionScene(workspaces);
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private static List<StoredSession> live() {
        return world.orchestrator().admin().sessions("ada", "files");
    }

    private static StoredSession session(String id) {
        return world.orchestrator().admin().session(id).orElseThrow();
    }

    @Test
    void anAppliedSessionIsPublishedAndADeletedOneIsRevoked() {
        sessions.apply("whole-life", "files", spec -> spec.setTtlSeconds(3600));

        MountSession ready = sessions.untilReady("whole-life");

        Workspace workspace = workspaces.get("files");
        Secret secret = sessions.secret("whole-life").get();
        Map<String, String> data = sessions.data("whole-life");
        String id = ready.getStatus().getSessionId();
        assertThat(session(id).state()).isEqualTo(SessionState.LIVE);
        assertThat(world.orchestrator().admin().userExists(data.get("metaurl"))).isTrue();
        assertThat(data)
                .containsEntry("name", workspace.getStatus().getVolumeName())
                .containsEntry("key-prefix", workspace.getStatus().getKeyPrefix())
                .containsEntry("s3-bucket", "life")
                .containsEntry("mode", "rw")
                .containsEntry("AWS_SECRET_ACCESS_KEY", World.KEY_SECRET)
                .doesNotContainKeys("bucket", "storage");
        assertThat(secret.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(ready.getMetadata().getUid()));
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("artifacts.tonbo.io/session-id", id);
        assertThat(ready.getStatus().getRenewAt())
                .isBetween(
                        ready.getStatus().getIssuedAt().plusSeconds(2270),
                        ready.getStatus().getIssuedAt().plusSeconds(2530));
        assertThat(Kstatus.isTrue(ready, "Renewed")).isTrue();
        assertThat(Kstatus.isTrue(ready, "ConsumersCurrent")).isTrue();
        Kstatus.assertHolds(ready);

        sessions.delete("whole-life");
        sessions.untilGone("whole-life");

        assertThat(session(id).state()).isEqualTo(SessionState.REVOKED);
        assertThat(sessions.secret("whole-life").get()).isNull();
        assertThat(world.orchestrator().admin().userExists(data.get("metaurl"))).isFalse();
    }

    @Test
    void aRenewalOverlaps() {
        sessions.apply("renewed", "files", spec -> spec.setTtlSeconds(600));
        MountSession first = sessions.untilReady("renewed");
        String old = first.getStatus().getSessionId();
        String oldUrl = sessions.data("renewed").get("metaurl");

        // Less than was granted is due at once.
        sessions.edit("renewed", spec -> spec.setTtlSeconds(300));
        MountSession second = sessions.untilReplaced("renewed", old);

        assertThat(second.getStatus().getPreviousSessions()).singleElement().satisfies(previous -> {
            assertThat(previous.getId()).isEqualTo(old);
            assertThat(previous.getExpiresAt()).isEqualTo(first.getStatus().getExpiresAt());
        });
        assertThat(session(old).state()).isEqualTo(SessionState.LIVE);
        assertThat(world.orchestrator().admin().userExists(oldUrl)).isTrue();
        assertThat(sessions.data("renewed").get("metaurl")).isNotEqualTo(oldUrl);

        sessions.delete("renewed");
        sessions.untilGone("renewed");
        assertThat(session(old).state()).isEqualTo(SessionState.REVOKED);
        assertThat(session(second.getStatus().getSessionId()).state()).isEqualTo(SessionState.REVOKED);
    }

    @Test
    void aDeletedSecretIsRestoredAndTheLostSessionRevoked() {
        sessions.apply("lost", "files");
        String old = sessions.untilReady("lost").getStatus().getSessionId();

        sessions.secret("lost").delete();

        MountSession restored = sessions.untilReplaced("lost", old);
        assertThat(sessions.data("lost")).containsKey("metaurl");
        assertThat(session(restored.getStatus().getSessionId()).state()).isEqualTo(SessionState.LIVE);
        await().atMost(Duration.ofSeconds(10)).until(() -> session(old).state() == SessionState.REVOKED);
        await().untilAsserted(() -> assertThat(sessions.get("lost").getStatus().getPreviousSessions())
                .isEmpty());
        assertThat(sessions.events("lost")).anyMatch(event -> event.getReason().equals("SecretRestored"));
    }

    @Test
    void anEditedSecretIsReplaced() {
        sessions.apply("edited", "files");
        String old = sessions.untilReady("edited").getStatus().getSessionId();

        sessions.secret("edited").edit(secret -> {
            secret.getData().put("name", "bm90LW91cnM=");
            return secret;
        });

        MountSession restored = sessions.untilReplaced("edited", old);
        assertThat(sessions.data("edited"))
                .containsEntry("name", workspaces.get("files").getStatus().getVolumeName());
        await().atMost(Duration.ofSeconds(10)).until(() -> session(old).state() == SessionState.REVOKED);
        assertThat(restored.getStatus().getLastError()).isNull();
    }

    @Test
    void aReissueIsDoneOnceAndRevokesTheOldSession() {
        sessions.apply("leaked", "files");
        String old = sessions.untilReady("leaked").getStatus().getSessionId();

        sessions.annotate("leaked", ArtifactsApi.REISSUE_REQUESTED_AT, "2026-11-23T12:00:00Z");

        MountSession fresh = sessions.untilReplaced("leaked", old);
        await().atMost(Duration.ofSeconds(10)).until(() -> session(old).state() == SessionState.REVOKED);
        sessions.annotate("leaked", ArtifactsApi.RECONCILE_REQUESTED_AT, "again");
        await().until(() -> "again".equals(sessions.get("leaked").getStatus().getLastHandledReconcileAt()));
        assertThat(sessions.get("leaked").getStatus().getSessionId())
                .isEqualTo(fresh.getStatus().getSessionId());
    }

    @Test
    void rotatedBucketKeysReachTheSecretWithoutANewSession() {
        world.s3().addKey("AKIDROTATED", "rotated-secret-5b1c");
        WorkspaceScene own = new WorkspaceScene(world, namespace);
        own.secret("rotating", Map.of("AWS_ACCESS_KEY_ID", World.KEY_ID, "AWS_SECRET_ACCESS_KEY", World.KEY_SECRET));
        own.apply("rotated", "life", spec -> spec.getStorage()
                .getCredentialsSecretRef()
                .setName("rotating"));
        own.untilReady("rotated");
        sessions.apply("rotated", "rotated");
        String id = sessions.untilReady("rotated").getStatus().getSessionId();

        own.secret(
                "rotating",
                Map.of("AWS_ACCESS_KEY_ID", "AKIDROTATED", "AWS_SECRET_ACCESS_KEY", "rotated-secret-5b1c\n"));

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(sessions.data("rotated"))
                .containsEntry("AWS_ACCESS_KEY_ID", "AKIDROTATED")
                .containsEntry("ARTIFACTS_S3_SECRET_ACCESS_KEY", "rotated-secret-5b1c"));
        assertThat(sessions.untilReady("rotated").getStatus().getSessionId()).isEqualTo(id);
        sessions.until("rotated", "ConsumersCurrent", ConditionStatus.TRUE, "AllCurrent");
    }

    @Test
    void aSecretOfSomebodyElseIsNeverTouched() {
        workspaces.secret("taken", Map.of("theirs", "value"));

        sessions.apply("taken", "files");

        MountSession stalled = sessions.until("taken", "Stalled", ConditionStatus.TRUE, "MountTargetInUse");
        assertThat(stalled.getStatus().getLastError().getHint()).contains("taken");
        assertThat(sessions.data("taken")).containsExactly(Map.entry("theirs", "value"));
        assertThat(live())
                .noneMatch(session -> session.id().equals(stalled.getStatus().getSessionId()));

        sessions.secret("taken").delete();
        sessions.untilReady("taken");
    }

    @Test
    void aWorkspaceWaitsForItsSessionsAndNamesThem() {
        workspaces.apply("busy", "life");
        workspaces.untilReady("busy");
        sessions.apply("user-a", "busy");
        sessions.apply("user-b", "busy");
        sessions.untilReady("user-a");
        sessions.untilReady("user-b");

        workspaces.delete("busy");

        Workspace waiting = workspaces.untilReconciling("busy", "InUse");
        assertThat(waiting.getStatus().getLastError().getHint()).contains("user-a, user-b");
        sessions.apply("too-late", "busy");
        sessions.until("too-late", "Ready", ConditionStatus.FALSE, "WorkspaceTerminating");
        sessions.delete("user-a");
        sessions.delete("user-b");
        sessions.delete("too-late");
        workspaces.untilGone("busy");
    }

    @Test
    void aReadOnlySessionSaysWhatKeepsItFromWriting() {
        sessions.apply(
                "reader", "files", spec -> spec.setMode(io.tonbo.artifacts.operator.api.v1alpha1.MountMode.READ_ONLY));

        MountSession ready = sessions.untilReady("reader");

        assertThat(sessions.data("reader")).containsEntry("mode", "ro").containsEntry("mount-options", "ro");
        assertThat(Kstatus.condition(ready, "Ready").orElseThrow().getMessage())
                .containsAnyOf("The metadata server refuses its writes", "Only the published mount-options");
    }
}
