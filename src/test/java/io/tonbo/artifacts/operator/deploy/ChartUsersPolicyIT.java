package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the chart's admission policies say to users, at {@code kubectl apply}. */
class ChartUsersPolicyIT {
    private static final String OWN_TOKEN = "  connectionSecretRef: {name: token}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final Kubectl kubectl = cluster.kubectlAs(cluster.adminKubeconfig());
    private final String namespace = cluster.newNamespace("policed");
    private final String elsewhere = cluster.newNamespace("elsewhere");
    private String policies = "";

    @AfterEach
    void remove() {
        kubectl.runWithInput(policies, "delete", "--ignore-not-found", "-f", "-");
    }

    /** Bound to this test's namespaces: other tests have theirs in the same cluster. */
    private void install(String... values) {
        List<String> arguments = new ArrayList<>(List.of(values));
        arguments.add("--values=" + Chart.MINIMAL);
        arguments.add("--set=fullnameOverride=" + namespace);
        arguments.add("--show-only=templates/admission/users.yaml");
        policies = Chart.template(arguments.toArray(String[]::new))
                .orFail()
                .replace(
                        "  matchConstraints:\n",
                        """
                          matchConstraints:
                            namespaceSelector:
                              matchExpressions:
                                - {key: kubernetes.io/metadata.name, operator: In, values: [%s, %s]}
                        """
                                .formatted(namespace, elsewhere));
        kubectl.runWithInput(policies, "apply", "-f", "-").orFail();
    }

    private Kubectl.Result apply(String where, String endpoint, String more) {
        return kubectl.runWithInput(
                """
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: Workspace
                metadata:
                  name: files
                  namespace: %s
                spec:
                  storage:
                    bucket: team-data
                    endpoint: %s
                    credentialsSecretRef: {name: keys}
                %s
                """
                        .formatted(where, endpoint, more),
                "apply",
                "--dry-run=server",
                "-f",
                "-");
    }

    private Kubectl.Result apply(String where, String more) {
        return apply(where, "https://s3.example.com", more);
    }

    @Test
    void whoWouldWaitInVainIsWarned() {
        install("--set=watch.namespaces={" + namespace + "}");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(apply(elsewhere, OWN_TOKEN))
                .satisfies(result -> assertThat(result.exitCode()).isZero())
                .satisfies(result -> assertThat(result.errors())
                        .contains("Warning: ", "The operator watches " + namespace + " only")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(apply(namespace, "").errors())
                        .contains("Warning: ", "may not use the operator's shared connection"));
        assertThat(apply(namespace, OWN_TOKEN).errors()).isBlank();
    }

    @Test
    void whatIsDeniedSaysWhatToDo() {
        install(
                "--set=admissionPolicy.users.action=Deny,sharedConnection.existingSecret=t",
                "--set=sharedConnection.namespaces={" + namespace + "}",
                "--set=admissionPolicy.storageHosts={*.example.com,minio}");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(apply(elsewhere, "").errors())
                        .contains("denied request", "Name a Secret with a token in spec.connectionSecretRef"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        apply(namespace, "https://s3.example.org", "").errors())
                .contains("denied request", "the buckets of this cluster are at *.example.com, minio"));
        assertThat(apply(namespace, "https://example.com.evil.org", "").exitCode())
                .isNotZero();
        apply(namespace, "").orFail();
        apply(namespace, "http://minio:9000", "").orFail();
    }
}
