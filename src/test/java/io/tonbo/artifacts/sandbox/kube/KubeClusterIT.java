package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import org.junit.jupiter.api.Test;

class KubeClusterIT {
    @Test
    void kubectlTalksToTheRealServer() {
        assertThat(SharedKubeCluster.cluster().kubectl("version").orFail()).contains("Server Version: v1.34.4");
    }
}
