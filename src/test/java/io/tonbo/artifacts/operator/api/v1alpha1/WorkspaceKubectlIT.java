package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import org.junit.jupiter.api.Test;

/** What somebody sees of a Workspace who holds nothing but kubectl. */
class WorkspaceKubectlIT {
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    @Test
    void columnsSayWhetherItIsReadyAndWhyNot() {
        AppliedMinimal minimal = AppliedMinimal.in("columns", ResourceKind.WORKSPACE);
        minimal.setStatus(
                """
                {"observedGeneration": 1, "state": "pending_format", "address": "artifacts://team/minimal",
                 "conditions": [{"type": "Ready", "status": "False", "observedGeneration": 1, "reason": "Unauthorized",
                   "lastTransitionTime": "2026-11-01T00:00:00Z", "message": "The token was refused; put a valid one."}],
                 "lastError": {"code": "unauthorized", "reason": "Unauthorized", "severity": "Error", "message": "m",
                   "hint": "h", "firstSeen": "2026-11-01T00:00:00Z"}}""");

        assertThat(kubectl("get", "workspaces", "-n", minimal.namespace(), "--no-headers"))
                .matches("minimal +False +Error +Unauthorized +[0-9]+m?s? +The token was refused; .*\\R");
        assertThat(kubectl("get", "artifacts", "-n", minimal.namespace(), "-o", "wide"))
                .contains("artifacts://team/minimal", "pending_format");
    }

    @Test
    void whoHoldsAWorkspaceIsAskedAcrossNamespaces() {
        AppliedMinimal holder = AppliedMinimal.in("holder", ResourceKind.WORKSPACE);
        AppliedMinimal other = AppliedMinimal.in("other", ResourceKind.WORKSPACE);
        holder.setStatus("{\"observedGeneration\": 1, \"workspaceId\": \"ws_" + holder.namespace() + "\"}");
        other.setStatus("{\"observedGeneration\": 1, \"workspaceId\": \"ws_" + other.namespace() + "\"}");

        assertThat(kubectl("get", "tws", "-A", "--field-selector", "status.workspaceId=ws_" + holder.namespace()))
                .contains(holder.namespace())
                .doesNotContain(other.namespace());
        assertThat(CLUSTER.adminClient()
                        .resources(Workspace.class)
                        .inAnyNamespace()
                        .withField("status.workspaceId", "ws_" + other.namespace())
                        .list()
                        .getItems())
                .extracting(workspace -> workspace.getMetadata().getNamespace())
                .containsExactly(other.namespace());
        assertThat(kubectl("get", "tws", "-A", "--field-selector", "spec.connectionSecretRef.name=none", "-o", "name"))
                .isEmpty();
    }

    private static String kubectl(String... arguments) {
        return CLUSTER.kubectl(arguments).orFail();
    }
}
