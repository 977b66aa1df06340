package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import org.junit.jupiter.api.Test;

/** What somebody sees of a MountSession who holds nothing but kubectl. */
class MountSessionKubectlIT {
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    @Test
    void columnsSayUntilWhenTheCredentialWorksAndWhetherItIsRenewed() {
        AppliedMinimal minimal = AppliedMinimal.in("columns", ResourceKind.MOUNT_SESSION);
        minimal.setStatus(
                """
                {"observedGeneration": 1, "secretName": "minimal", "expiresAt": "2031-02-03T04:05:06Z",
                 "conditions": [
                   {"type": "Ready", "status": "True", "observedGeneration": 1, "reason": "Published",
                    "lastTransitionTime": "2026-11-01T00:00:00Z", "message": "Mount with Secret minimal."},
                   {"type": "Renewed", "status": "False", "observedGeneration": 1, "reason": "Unauthorized",
                    "lastTransitionTime": "2026-11-01T00:00:00Z", "message": ""}],
                 "lastError": {"code": "unauthorized", "reason": "Unauthorized", "severity": "Error", "message": "m",
                   "hint": "h", "firstSeen": "2026-11-01T00:00:00Z"}}""");

        assertThat(kubectl("get", "mountsessions", "-n", minimal.namespace(), "--no-headers"))
                .matches("minimal +data +ReadWrite +True +Error +Published +False +2031-02-03T04:05:06Z"
                        + " +[0-9]+m?s? +Mount with Secret minimal[.] *\\R");
    }

    @Test
    void whoUsesAWorkspaceAndWhoWroteASecretCanBeAsked() {
        AppliedMinimal minimal = AppliedMinimal.in("users", ResourceKind.MOUNT_SESSION);
        minimal.setStatus("{\"observedGeneration\": 1, \"secretName\": \"minimal\"}");

        assertThat(selected(minimal, "spec.workspaceRef.name=data")).contains("minimal");
        assertThat(selected(minimal, "spec.workspaceRef.name=other")).isEmpty();
        assertThat(selected(minimal, "status.secretName=minimal")).contains("minimal");
        assertThat(selected(minimal, "status.secretName=other")).isEmpty();
    }

    private static String selected(AppliedMinimal minimal, String field) {
        return kubectl("get", "tms", "-n", minimal.namespace(), "--field-selector", field, "-o", "name");
    }

    private static String kubectl(String... arguments) {
        return CLUSTER.kubectl(arguments).orFail();
    }
}
