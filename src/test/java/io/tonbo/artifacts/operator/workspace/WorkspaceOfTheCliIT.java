package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line made under the name that a Workspace wants is never formatted over, and never deleted. */
class WorkspaceOfTheCliIT {
    private static World world;
    private static String namespace;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "cli-" + ++stories;
    private final RemoteState remote = new RemoteState(world, name, name);
    private final WorkspaceScene scene = new WorkspaceScene(world, namespace)
            .goodKeys()
            .bucket(name)
            .secret("token-" + name, Map.of("token", world.token(name)));

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("cli");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private StoredWorkspace made(CliProgress progress, Duration ago) {
        StoredStorage storage = new StoredStorage(name, world.s3().endpoint().toString(), World.REGION, "");
        StoredWorkspace made = world.orchestrator().admin().makeAsCli(name, name, storage, progress);
        world.orchestrator().admin().forceCreatedAt(name, name, Instant.now().minus(ago));
        return made;
    }

    private void apply(AdoptionPolicy adoption) {
        scene.apply(name, name, spec -> {
            spec.getConnectionSecretRef().setName("token-" + name);
            spec.setAdoptionPolicy(adoption);
            spec.setDeletionPolicy(DeletionPolicy.DELETE);
        });
    }

    /** The command line writes it last, with the UUID of its {@code setting}. */
    private void markBucket(StoredWorkspace workspace, String uuid) {
        world.s3().put(name, workspace.volumeName() + "/juicefs_uuid", uuid.getBytes(StandardCharsets.UTF_8));
    }

    private String uuidOf(StoredWorkspace workspace) {
        String setting = remote.metadata().get(workspace.keyPrefix() + "setting");
        return VolumeSetting.parse(setting.getBytes(StandardCharsets.ISO_8859_1))
                .uuid();
    }

    @ParameterizedTest(name = "{0} {1} s before the Workspace, bucket marked: {3}: {2}")
    @CsvSource({
        "WITHOUT_ROOT, 3600, VolumeForeign, false",
        "WITHOUT_ROOT, 0, VolumeForeign, false",
        "FORMATTED, 3600, VolumeForeign, true",
        "FORMATTED, 0, VolumeForeign, true",
        "FORMATTED, 0, VolumeForeign, false",
        "ACTIVE, 3600, WorkspaceExists, true",
        "ACTIVE, 0, WorkspaceExists, true",
        "ACTIVE, 0, WorkspaceExists, false",
    })
    void whatTheCommandLineFormattedIsLeftAlone(CliProgress progress, int secondsAgo, String reason, boolean marked) {
        StoredWorkspace theirs = made(progress, Duration.ofSeconds(secondsAgo));
        if (marked) {
            markBucket(theirs, uuidOf(theirs));
        }
        Map<String, String> metadata = remote.metadata();
        List<String> objects = remote.objects();
        apply(AdoptionPolicy.NEVER);

        scene.untilStalled(name, reason);
        scene.delete(name);
        scene.untilGone(name);

        assertThat(remote.live()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(theirs.id());
            assertThat(left.state()).isEqualTo(theirs.state());
        });
        assertThat(remote.metadata()).isEqualTo(metadata);
        assertThat(world.s3().keys(name, "")).isEqualTo(objects);
    }

    @Test
    void aReservationThatNobodyFormattedIsResumed() {
        StoredWorkspace theirs = made(CliProgress.RESERVED, Duration.ofHours(1));
        apply(AdoptionPolicy.NEVER);

        Workspace ready = scene.untilReady(name);

        assertThat(remote.assertFormattedOnceBy(ready).id()).isEqualTo(theirs.id());
    }

    @Test
    void aReservationThatNobodyFormattedStaysWhenTheWorkspaceNeverTouchedIt() {
        StoredWorkspace theirs = made(CliProgress.RESERVED, Duration.ofHours(1));
        scene.secret(
                "bad-keys",
                Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", "AKIDUNKNOWN", "ARTIFACTS_S3_SECRET_ACCESS_KEY", "wrong"));
        scene.apply(name, name, spec -> {
            spec.getConnectionSecretRef().setName("token-" + name);
            spec.getStorage().getCredentialsSecretRef().setName("bad-keys");
            spec.setDeletionPolicy(DeletionPolicy.DELETE);
        });
        scene.untilReconciling(name, "BucketInvalidAccessKey");

        scene.delete(name);
        scene.untilGone(name);

        assertThat(remote.live()).singleElement().satisfies(left -> assertThat(left.id())
                .isEqualTo(theirs.id()));
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE", "FORMATTED"})
    void adoptedWithProofItIsReadyAndUnchanged(CliProgress progress) {
        StoredWorkspace theirs = made(progress, Duration.ofHours(1));
        markBucket(theirs, uuidOf(theirs));
        Map<String, String> metadata = remote.metadata();
        apply(AdoptionPolicy.ADOPT);

        Workspace ready = scene.untilReady(name);

        assertThat(ready.getStatus().getWorkspaceId()).isEqualTo(theirs.id());
        assertThat(remote.metadata()).isEqualTo(metadata);
        // It is this Workspace's now, so its policy holds.
        scene.delete(name);
        scene.untilGone(name);
        remote.assertGone();
    }

    @Test
    void adoptionWithoutTheMarkInTheBucketIsUnproven() {
        StoredWorkspace theirs = made(CliProgress.ACTIVE, Duration.ofHours(1));
        Map<String, String> metadata = remote.metadata();
        apply(AdoptionPolicy.ADOPT);

        scene.untilStalled(name, "AdoptionUnproven");
        scene.delete(name);
        scene.untilGone(name);

        assertThat(remote.live()).singleElement().satisfies(left -> assertThat(left.id())
                .isEqualTo(theirs.id()));
        assertThat(remote.metadata()).isEqualTo(metadata);
    }

    @Test
    void adoptionOfAnUnconfirmedVolumeWithAnothersMarkIsRefused() {
        StoredWorkspace theirs = made(CliProgress.FORMATTED, Duration.ofHours(1));
        markBucket(theirs, "00000000-0000-4000-8000-000000000000");
        Map<String, String> metadata = remote.metadata();
        apply(AdoptionPolicy.ADOPT);

        scene.untilStalled(name, "VolumeForeign");

        assertThat(remote.metadata()).isEqualTo(metadata);
        assertThat(remote.live()).singleElement().satisfies(left -> assertThat(left.state())
                .isEqualTo(theirs.state()));
    }
}
