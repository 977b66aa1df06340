package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Secret is there, but the operator may not read it: nobody is told to create it. */
class UnreadableSecretsIT {
    @ParameterizedTest
    @CsvSource({
        WorkspaceScene.TOKEN_SECRET + ", ConnectionSecretUnreadable",
        WorkspaceScene.KEYS_SECRET + ", StorageCredentialsUnreadable"
    })
    void isSaidSoAndGoneOnWithOnceItMayBeRead(String secret, String reason) {
        try (World world = World.start();
                KubeApiProxy kube = KubeApiProxy.inFrontOf(world.cluster())) {
            String namespace = world.cluster().newNamespace("unreadable");
            WorkspaceScene scene = new WorkspaceScene(world, namespace)
                    .token(world.token("ada"))
                    .goodKeys()
                    .bucket("unreadable-bucket");
            kube.refuse(
                    call -> call.resource().equals("secrets") && call.name().equals(secret), 403, Integer.MAX_VALUE);
            try (InProcessOperator operator = InProcessOperator.start(
                    SharedKubeCluster.operator().via(kube.url()).newClient(),
                    world.environment(),
                    0.05,
                    Set.of(namespace))) {
                scene.apply("files", "unreadable-bucket");

                LastError error =
                        scene.untilReconciling("files", reason).getStatus().getLastError();
                assertThat(error.getMessage())
                        .isEqualTo("Secret " + secret + " may not be read by the operator" + " (RBAC: get secrets)");
                assertThat(error.getHint()).contains(error.getMessage()).doesNotContain("create secret");
                scene.untilStalled("files", reason);

                kube.heal();

                scene.untilReady("files");
                assertThat(operator.meters()).isNotNull();
            }
        }
    }
}
