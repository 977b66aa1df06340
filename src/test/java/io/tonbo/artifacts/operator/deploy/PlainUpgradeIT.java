package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has the Deployment that was shipped before there was a chart can apply today's over it. */
class PlainUpgradeIT {
    private static final String BEFORE = "src/test/resources/deploy/operator-before-the-chart.yaml";

    private final KubeCluster cluster = SharedKubeCluster.cluster();

    @AfterEach
    void tidyUp() {
        deployment().delete();
    }

    private Resource<Deployment> deployment() {
        return cluster.adminClient()
                .apps()
                .deployments()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName(KubeCluster.OPERATOR_NAME);
    }

    /** In the project's directory. */
    private Kubectl.Result kubectl(String command) {
        return cluster.kubectlAs(cluster.adminKubeconfig()).run(command.split(" ", -1));
    }

    private DeploymentSpec after(String... commands) {
        for (String command : commands) {
            kubectl(command).orFail();
        }
        return deployment().get().getSpec();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply -f examples/operator.yaml",
                "apply --server-side --force-conflicts -f deploy/operator/deployment.yaml",
            })
    void todaysDeploymentIsAppliedOverTheOlderOneAndNothingOfThatIsLeft(String upgrade) {
        DeploymentSpec anew = after(upgrade);
        deployment().withTimeoutInMillis(30_000).delete();

        DeploymentSpec upgraded = after("apply -f " + BEFORE, upgrade);

        assertThat(upgraded).isEqualTo(anew);
    }

    @Test
    void anotherSelectorWouldBeRefused() {
        after("apply -f " + BEFORE);

        Kubectl.Result result = kubectl(
                "patch deployment artifacts-operator --namespace=" + KubeCluster.OPERATOR_NAMESPACE
                        + " --type=merge --patch={\"spec\":{\"selector\":{\"matchLabels\":{\"app.kubernetes.io/component\":\"operator\"}}}}");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("field is immutable");
    }
}
