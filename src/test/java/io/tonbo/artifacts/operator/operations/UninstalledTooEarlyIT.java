package io.tonbo.artifacts.operator.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The operator was taken away first, then the CRDs: everything waits, and ends well once it is started again. */
class UninstalledTooEarlyIT {
    private static final Path PROJECT = ProjectRoot.find();
    private static final String[] CRDS = {
        "crd/mountsessions.artifacts.tonbo.io", "crd/workspaces.artifacts.tonbo.io",
    };

    @Test
    void theOperatorStartedAgainLetsAllGo() throws IOException {
        try (World world = World.start();
                KubeCluster cluster = KubeCluster.start(KubeCluster.Options.BARE)) {
            cluster.applyCrds(PROJECT.resolve("deploy/crds"));
            Kubeconfig user = cluster.installOperatorRbac();
            world.s3().createBucket("team-data");
            secret(cluster, "tonbo-token", Map.of("token", world.token("ada")));
            secret(
                    cluster,
                    "bucket-keys",
                    Map.of("AWS_ACCESS_KEY_ID", World.KEY_ID, "AWS_SECRET_ACCESS_KEY", World.KEY_SECRET));
            try (InProcessOperator operator = operator(user, world)) {
                assertThat(operator).isNotNull();
                String manifest = Files.readString(PROJECT.resolve("examples/mount/session.yaml"))
                        .replaceAll("endpoint: .*", "endpoint: " + world.s3().endpoint());
                cluster.kubectlAs(cluster.adminKubeconfig())
                        .runWithInput(manifest, "apply", "-f", "-")
                        .orFail();
                cluster.kubectl("wait", "mountsession/team-files", "--for=condition=Ready", "--timeout=60s")
                        .orFail();
            }

            cluster.kubectl("delete", "--wait=false", CRDS[0], CRDS[1]).orFail();
            assertThat(cluster.kubectl("wait", "--for=delete", "--timeout=2s", CRDS[0], CRDS[1])
                            .exitCode())
                    .isNotZero();
            assertThat(world.orchestrator().admin().sessions("ada", "team-files"))
                    .hasSize(1);

            try (InProcessOperator operator = operator(user, world)) {
                assertThat(operator).isNotNull();
                cluster.kubectl("wait", "--for=delete", "--timeout=60s", CRDS[0], CRDS[1])
                        .orFail();
            }
            assertThat(world.orchestrator().admin().sessions("ada", "team-files"))
                    .isEmpty();
        }
    }

    private static InProcessOperator operator(Kubeconfig user, World world) {
        return InProcessOperator.start(user.newClient(), world.environment(), 0.05, Set.of("default"));
    }

    private static void secret(KubeCluster cluster, String name, Map<String, String> data) {
        cluster.adminClient()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }
}
