package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server refuses the operator's status, until somebody mends what is wrong there. */
class WorkspaceApiServerIT {
    private static final double SCALE = 0.05;
    private static final long WATCHED_MILLIS = 4000;
    /** After 0, 0.25, 0.75, 1.75 and 3.75 s at that scale; every 0.25 s would be sixteen. */
    private static final int TRIES = 6;

    @ParameterizedTest
    @ValueSource(ints = {403, 422})
    void aRefusalIsTriedAgainEverMoreRarelyAndOvercomeOnceItIsMended(int status) throws InterruptedException {
        try (World world = World.start();
                KubeApiProxy kube = KubeApiProxy.inFrontOf(world.cluster())) {
            String namespace = world.cluster().newNamespace("refused");
            WorkspaceScene scene = new WorkspaceScene(world, namespace)
                    .token(world.token("ada"))
                    .goodKeys()
                    .bucket("refused-bucket");
            AtomicInteger tries = new AtomicInteger();
            kube.refuse(
                    call -> call.changesStatusOf("workspaces") && tries.incrementAndGet() > 0,
                    status,
                    Integer.MAX_VALUE);
            try (InProcessOperator operator = InProcessOperator.start(
                    SharedKubeCluster.operator().via(kube.url()).newClient(),
                    world.environment(),
                    SCALE,
                    Set.of(namespace))) {
                scene.apply("files", "refused-bucket");
                await().until(() -> tries.get() > 0);
                Thread.sleep(WATCHED_MILLIS);
                assertThat(tries).hasValueBetween(2, TRIES);

                kube.heal();

                scene.untilReady("files");
                assertThat(operator.meters()).isNotNull();
            }
        }
    }
}
