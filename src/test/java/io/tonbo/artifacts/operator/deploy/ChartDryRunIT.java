package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real API server takes every object that the chart renders, and every Pod that comes of them where Pod Security
 * {@code restricted} is enforced, as in the operator's namespace. Nothing is kept.
 */
class ChartDryRunIT {
    private static KubeCluster cluster;
    private static Kubectl kubectl;

    @BeforeAll
    static void namespaces() {
        cluster = SharedKubeCluster.cluster();
        kubectl = cluster.kubectlAs(cluster.adminKubeconfig());
        KubernetesClient admin = cluster.adminClient();
        cluster.applyCrds(MonitoringChartIT.KINDS);
        for (String team : List.of("team-a", "team-b", "tonbo", "1234")) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(team)
                            .endMetadata()
                            .build())
                    .forceConflicts()
                    .serverSideApply();
        }
        assertThat(admin.namespaces()
                        .withName(Chart.NAMESPACE)
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    static List<Path> values() {
        return Chart.allValues();
    }

    @ParameterizedTest
    @MethodSource("values")
    void theApiServerTakesEveryObject(Path values) {
        isTaken(Chart.template("--values=" + values).orFail());
    }

    /** What reads as a number, a truth or nothing at all is a name as any other. */
    @ParameterizedTest
    @CsvSource({
        "123,   1234, fullnameOverride=operator",
        "true,  1234, fullnameOverride=on",
        "my.op, 1234, nameOverride=op",
        "1e3,   1234, fullnameOverride=no",
    })
    void namesAreNames(String release, String namespace, String values) {
        isTaken(Chart.templateOf(
                        release,
                        "--values=" + Chart.values("everything"),
                        "--set=podDisruptionBudget.minAvailable=1,namespaceOverride=,fullnameOverride=," + values,
                        "--set-json=extraObjects=[]",
                        "--namespace=" + namespace,
                        "--set-string=priorityClassName=123,commonLabels.number=1,leaderElection.lease=12",
                        "--set-string=sharedConnection.existingSecret=4567,sharedConnection.key=89",
                        "--set-string=sharedConnection.namespaces={*},serviceAccount.name=99")
                .orFail());
    }

    private static void isTaken(String manifests) {
        // As a manager of its own: as kubectl it would take over what others have applied.
        Kubectl.Result result = kubectl.runWithInput(
                manifests,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--field-manager=chart",
                "--dry-run=server",
                "-f",
                "-");

        assertThat(result.errors()).isBlank();
        assertThat(result.orFail().lines()).hasSameSizeAs(Chart.objects(manifests));
    }

    @ParameterizedTest
    @MethodSource("values")
    void restrictedNamespacesAdmitEveryPod(Path values) {
        List<PodSpec> pods = Chart.render(values).pods();

        assertThat(pods).isNotEmpty().allSatisfy(pod -> dryRun(pod).orFail());
    }

    @Test
    void theyWouldNotAdmitMore() {
        PodSpec loose = Chart.render(Chart.MINIMAL, "--set=securityContext.allowPrivilegeEscalation=true")
                .operator();

        assertThat(dryRun(loose).errors()).contains("violates PodSecurity \"restricted");
    }

    private static Kubectl.Result dryRun(PodSpec spec) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withGenerateName("dry-")
                .withNamespace(Chart.NAMESPACE)
                .endMetadata()
                .withSpec(spec)
                .build();
        // The chart's own account is not there: nothing is installed.
        pod.getSpec().setServiceAccountName(null);
        return kubectl.runWithInput(Serialization.asYaml(pod), "create", "--dry-run=server", "-f", "-");
    }
}
