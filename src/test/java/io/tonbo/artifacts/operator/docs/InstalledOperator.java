package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import java.util.Set;

/**
 * The operator as a Deployment in a cluster without nodes: it runs in this JVM for as long as the Deployment is there, as the
 * ServiceAccount that the Deployment names, and its Pod is said to run.
 */
final class InstalledOperator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubeCluster cluster;
    private final World world;
    private final double timeScale;
    private InProcessOperator operator;
    private ConsumerScene pods;
    private boolean wasThere;

    /**
     * @param cluster where it is installed
     * @param world what is around it
     * @param timeScale what its waiting times are multiplied by
     */
    InstalledOperator(KubeCluster cluster, World world, double timeScale) {
        this.cluster = cluster;
        this.world = world;
        this.timeScale = timeScale;
    }

    private Deployment deployment() {
        return cluster.adminClient()
                .apps()
                .deployments()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName(KubeCluster.OPERATOR_NAME)
                .get();
    }

    /**
     * Starts it if its Deployment is there, stops it if it is not.
     *
     * @param namespace the namespace to watch
     */
    void followsItsDeployment(String namespace) {
        Deployment deployment = deployment();
        if (deployment == null) {
            close();
        } else if (operator == null) {
            start(deployment, namespace);
        }
    }

    private void start(Deployment deployment, String namespace) {
        wasThere = true;
        pods = new ConsumerScene(cluster.adminClient(), KubeCluster.OPERATOR_NAMESPACE);
        String account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
        operator = InProcessOperator.start(
                cluster.restrictedKubeconfig(KubeCluster.OPERATOR_NAMESPACE, account)
                        .newClient(),
                world.environment(),
                timeScale,
                Set.of(namespace));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deployment().getStatus().getAvailableReplicas())
                        .isEqualTo(1));
    }

    boolean isThere() {
        return operator != null;
    }

    boolean wasThere() {
        return wasThere;
    }

    /** Ends it and its Pod. */
    @Override
    public void close() {
        if (operator != null) {
            operator.close();
            operator = null;
            pods.close();
        }
    }
}
