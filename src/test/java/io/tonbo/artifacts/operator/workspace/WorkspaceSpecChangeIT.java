package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A human acts, and the operator notices at once: waiting times are so long here that no probe of its own could come to help
 * within a test's patience (a stalled row is probed after 45 s at the soonest).
 */
class WorkspaceSpecChangeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static ProblemStage stage;

    private ProblemPlay play;

    @BeforeAll
    static void start() {
        stage = new ProblemStage("changes", 0.3, Map.of());
    }

    @AfterAll
    static void stop() {
        try {
            stage.assertNoSecretWasPutOut(true);
        } finally {
            stage.close();
        }
    }

    @AfterEach
    void everyStatusWasSound() {
        assertThat(stage.history().of(play.name())).isNotEmpty().allSatisfy(Kstatus::assertHolds);
    }

    private ProblemPlay play(String name) {
        play = new ProblemPlay(stage, name);
        play.prepare();
        stage.world().s3().createBucket(name + "-better");
        return play;
    }

    private Workspace untilStalled(String reason) {
        return stage.history()
                .await(
                        play.name(),
                        workspace -> Kstatus.condition(workspace, "Stalled")
                                .filter(stalled -> stalled.getReason().equals(reason))
                                .isPresent(),
                        "stalled by " + reason,
                        PATIENCE);
    }

    private Workspace untilReady() {
        return stage.history()
                .await(
                        play.name(),
                        workspace -> Kstatus.isTrue(workspace, "Ready")
                                && workspace
                                        .getMetadata()
                                        .getGeneration()
                                        .equals(workspace.getStatus().getObservedGeneration()),
                        "Ready",
                        PATIENCE);
    }

    private static Consumer<WorkspaceSpec> bucket(String bucket) {
        return spec -> spec.getStorage().setBucket(bucket);
    }

    @Test
    void aComplaintAboutAFieldIsShownAndTheCorrectedSpecIsTriedAtOnce() {
        play("complaint");
        stage.world()
                .orchestrator()
                .faults()
                .on(Operation.RESERVE)
                .workspace("complaint")
                .inject(Fault.code("invalid_request", "storage.bucket: is reserved for somebody"));
        play.apply();

        Workspace stalled = untilStalled("InvalidRequest");
        assertThat(stalled.getStatus().getLastError().getMessage())
                .contains("storage.bucket: is reserved for somebody");
        assertThat(Kstatus.condition(stalled, "Ready").orElseThrow().getMessage())
                .contains("storage.bucket: is reserved for somebody");

        play.edit(bucket("complaint-better"));
        Workspace ready = untilReady();
        assertThat(ready.getStatus().getLastError()).isNull();
        assertThat(play.remote().storage().bucket()).isEqualTo("complaint-better");
    }

    @Test
    void aMisspeltBucketTakesNoNameAndIsCorrected() {
        play("misspelt");
        play.apply(bucket("misspelt-bukket"));
        untilStalled("BucketNotFound");
        assertThat(play.calls(Operation.RESERVE)).isZero();

        play.edit(bucket("misspelt-better"));
        untilReady();
    }

    @Test
    void aWrongRegionIsCorrected() {
        play("region");
        stage.world().s3().createBucket("region-west", "eu-west-7");
        play.apply(bucket("region-west"));
        untilStalled("BucketSignatureMismatch");

        play.edit(spec -> spec.getStorage().setRegion("eu-west-7"));
        untilReady();
    }

    @Test
    void aWrongEndpointIsCorrected() {
        play("endpoint");
        play.apply(spec -> spec.getStorage().setEndpoint("https://169.254.169.254"));
        untilStalled("EndpointNotAllowed");

        play.edit(spec ->
                spec.getStorage().setEndpoint(stage.world().s3().endpoint().toString()));
        untilReady();
    }

    @Test
    void aReservationWithTheOldStorageIsDiscardedAndMadeAnew() {
        play("reserved");
        play.put(play.madeByCli(CliProgress.RESERVED).volumeName(), "chunks/0/0/1", "old");
        String first = play.remote().id();
        play.apply();
        untilStalled("BucketPrefixNotEmpty");

        play.edit(bucket("reserved-better"));
        Workspace ready = untilReady();
        assertThat(ready.getStatus().getWorkspaceId()).isNotEqualTo(first);
        assertThat(play.remote().storage().bucket()).isEqualTo("reserved-better");
        assertThat(play.calls(Operation.DELETE)).isEqualTo(1);
    }

    @Test
    void aVolumeThatWasClaimedButNeverActiveIsDiscardedToo() {
        play("claimed");
        play.fault(Operation.CONFIRM, Fault.of(FaultKind.SETTING_ELSEWHERE));
        play.apply();
        Workspace failing = stage.history()
                .await(
                        "claimed",
                        workspace -> workspace.getStatus() != null
                                && workspace.getStatus().getWorkspaceId() != null
                                && workspace.getStatus().getLastError() != null,
                        "claimed and refused",
                        PATIENCE);
        play.edit(bucket("claimed-better"));
        // A confirmation that is under way for the old spec must not come through.
        await().atMost(PATIENCE).until(() -> play.calls(Operation.DELETE) > 0);
        play.noFaults();
        Workspace ready = untilReady();
        assertThat(ready.getStatus().getWorkspaceId())
                .isNotEqualTo(failing.getStatus().getWorkspaceId());
        assertThat(ready.getStatus().getStorage().getBucket()).isEqualTo("claimed-better");
        assertThat(play.remote().storage().bucket()).isEqualTo("claimed-better");
    }

    @Test
    void aReplacedSecretIsTriedWithoutAnybodyTouchingTheWorkspace() {
        play("secrets");
        play.token("eyJhbGciOiJIUzI1NiJ9.half-of-a-token");
        play.keys(World.KEY_ID, "not-the-secret-of-that-key");
        play.apply();
        untilStalled("MalformedToken");

        play.goodToken();
        Workspace stalled = untilStalled("BucketSignatureMismatch");

        play.goodKeys();
        Workspace ready = untilReady();
        assertThat(ready.getMetadata().getGeneration())
                .isEqualTo(stalled.getMetadata().getGeneration());
    }

    @Test
    void aSuspendedWorkspaceIsLeftAloneUntilItIsResumed() {
        play("suspended");
        play.apply(spec -> spec.setSuspend(true));
        stage.history()
                .await(
                        "suspended",
                        workspace -> Kstatus.condition(workspace, "Ready")
                                .filter(ready -> ready.getReason().equals("Suspended"))
                                .isPresent(),
                        "suspended",
                        PATIENCE);
        assertThat(play.calls(Operation.RESERVE)).isZero();

        play.edit(spec -> spec.setSuspend(false));
        untilReady();
    }

    @Test
    void suspendingAStalledWorkspaceTakesTheAlarmBack() {
        play("snoozed");
        play.apply(bucket("snoozed-bukket"));
        untilStalled("BucketNotFound");

        play.edit(spec -> spec.setSuspend(true));
        Workspace suspended = stage.history()
                .await(
                        "snoozed",
                        workspace -> Kstatus.condition(workspace, "Stalled").isEmpty()
                                && workspace.getStatus().getObservedGeneration() == 2,
                        "suspended",
                        PATIENCE);
        assertThat(Kstatus.isTrue(suspended, "Ready")).isFalse();
    }

    @Test
    void askedToLookItLooksAndSaysSo() {
        play("asked");
        play.apply(bucket("asked-later"));
        untilStalled("BucketNotFound");
        stage.world().s3().createBucket("asked-later");

        String asked = play.askToLook();
        untilReady();
        untilEchoed(asked);

        untilEchoed(play.askToLook());
    }

    private void untilEchoed(String asked) {
        stage.history()
                .await(
                        play.name(),
                        workspace -> asked.equals(workspace.getStatus().getLastHandledReconcileAt()),
                        "echoing " + asked,
                        PATIENCE);
    }

    @Test
    void anAbandonedWorkspaceGoesAndLeavesItsRemotePartBehind() {
        play("abandoned");
        play.apply(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
        untilReady();
        play.revokeToken();
        play.token("no-token-any-more");
        play.delete();
        untilStalled("DeletionBlocked");

        play.annotate(ArtifactsApi.ABANDON, "true");
        stage.history().awaitGone("abandoned", PATIENCE);
        assertThat(play.remote().state()).isEqualTo(WorkspaceState.ACTIVE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(play.scene().events("abandoned"))
                .anySatisfy(event -> assertThat(event.getReason()).isEqualTo("Abandoned")));
    }
}
