package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a Workspace, from apply to gone, on real parts. */
class WorkspaceLifeIT {
    private static World world;
    private static String namespace;
    private static InProcessOperator operator;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("life");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        world.close();
    }

    private WorkspaceScene scene(String handle, String bucket) {
        return new WorkspaceScene(world, namespace)
                .token(world.token(handle))
                .goodKeys()
                .bucket(bucket);
    }

    @Test
    void anAppliedWorkspaceBecomesReadyAndADeletedOneIsGone() {
        WorkspaceScene scene = scene("ada", "life-bucket");
        scene.apply("life", "life-bucket", spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));

        Workspace ready = scene.untilReady("life");

        StoredWorkspace remote =
                world.orchestrator().admin().workspace("ada", "life").orElseThrow();
        assertThat(remote.state()).isEqualTo(WorkspaceState.ACTIVE);
        assertThat(ready.getStatus().getWorkspaceId()).isEqualTo(remote.id());
        assertThat(ready.getStatus().getAddress()).isEqualTo("artifacts://ada/life");
        assertThat(ready.getStatus().getStorage().getBucket()).isEqualTo("life-bucket");
        assertThat(ready.getStatus().getLastError()).isNull();
        assertThat(world.s3().keys("life-bucket", "")).containsExactly(remote.volumeName() + "/juicefs_uuid");
        assertThat(world.orchestrator().calls().count(Operation.RESERVE, "life"))
                .isEqualTo(1);
        assertThat(world.orchestrator().calls().count(Operation.CONFIRM, "life"))
                .isEqualTo(1);

        scene.delete("life");
        scene.untilGone("life");
        List<StoredWorkspace> left = world.orchestrator().admin().workspaces("ada");
        assertThat(left).allMatch(workspace -> workspace.state() != WorkspaceState.ACTIVE);
    }
}
