package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways out of the Pods, and in: by NetworkPolicies and a proxy. */
class ChartNetworkIT {
    @Test
    void everyWayOutIsOneThatWasWrittenDown() {
        Rendered rendered = Chart.render(Chart.values("locked-down"));
        NetworkPolicy policy = rendered.the(NetworkPolicy.class, Chart.RELEASE);

        assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(
                        rendered.the(Deployment.class).getSpec().getSelector().getMatchLabels());
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getPorts())
                    .extracting(port -> port.getPort().getStrVal())
                    .containsExactly("http");
            assertThat(rule.getFrom()).as("monitoring, and helm test").hasSize(2);
        });
        assertThat(egress(policy))
                .containsExactly(
                        "[] [53, 53]",
                        "[10.0.0.1/32] [6443]",
                        "[192.0.2.10/32] [8888, 8443]",
                        "[] [443, 9000]",
                        "[198.51.100.0/24, 2001:db8::/32] [6379, 6380]",
                        "[] [4318]");
        assertThat(rendered.environment())
                .containsEntry("ARTIFACTS_CA_FILE", "/etc/artifacts/ca/ca.crt")
                .containsEntry("ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS", "minio.storage.svc,10.1.0.0/16")
                .containsEntry(
                        "JAVA_TOOL_OPTIONS",
                        "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Dhttps.proxyHost=proxy.example.com -Dhttps.proxyPort=8888"
                                + " -Dhttp.nonProxyHosts=*.example.internal|localhost|127.*");
        assertThat(rendered.container().getImage()).contains("artifacts-operator@sha256:");
    }

    @Test
    void eachWayCanBeToNetworksAndPortsOfItsOwn() {
        assertThat(egress(Chart.render(Chart.values("everything")).the(NetworkPolicy.class, "tonbo-artifacts")))
                .containsExactly(
                        "[] [53, 53]",
                        "[] [443, 6443]",
                        "[] [8080, 9080]",
                        "[203.0.113.0/24] [443]",
                        "[] [6379]",
                        "[] [4318]");
        assertThat(egress(Chart.render(Chart.values("openshift")).the(NetworkPolicy.class, Chart.RELEASE)))
                .contains("[] [5353, 5353]");
    }

    /** A policy knows the port of a Pod, and no Service's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "orchestrator.url=https://o.example.com                                         | 443",
                "orchestrator.url=https://o.example.com:8443/a                                  | 8443",
                "orchestrator.url=http://127.0.0.1                                              | 80",
                "\"networkPolicy.egress.orchestrator.ports={8443,9443}\"                        | 8443 9443",
                "orchestrator.proxy.host=proxy                                                  | 3128",
                "\"orchestrator.proxy.host=proxy,orchestrator.proxy.noProxy={o}\"               | 3128 443",
                "\"orchestrator.proxy.host=proxy,networkPolicy.egress.orchestrator.ports={1}\"  | 1",
            })
    void thePortOfTheOrchestratorFollows(String values, String ports) {
        Rendered rendered = Chart.render(Chart.MINIMAL, "--set=networkPolicy.enabled=true", "--set=" + values);

        assertThat(egress(rendered.the(NetworkPolicy.class, Chart.RELEASE)).get(2))
                .isEqualTo("[] " + Arrays.toString(ports.split(" ")));
    }

    @Test
    void theCollectorIsReachedWithoutTheProxy() {
        Rendered rendered = Chart.render(
                Chart.MINIMAL,
                "--set=networkPolicy.enabled=true,orchestrator.proxy.host=proxy",
                "--set=tracing.endpoint=https://collector.tracing.svc:4318/v1");

        assertThat(rendered.environment().get("JAVA_TOOL_OPTIONS"))
                .endsWith(" -Dhttp.nonProxyHosts=collector.tracing.svc|localhost|127.*");
        assertThat(egress(rendered.the(NetworkPolicy.class, Chart.RELEASE))).contains("[] [4318]");
    }

    @Test
    void theChecksReachWhatTheyAsk() {
        Rendered rendered = Chart.render(Chart.values("locked-down"), "--set=crds.keep=false");
        NetworkPolicy test = rendered.the(NetworkPolicy.class, "artifacts-operator-test");
        NetworkPolicy check = rendered.the(NetworkPolicy.class, "artifacts-operator-uninstall-check");

        assertThat(rendered.the(Pod.class).getMetadata().getLabels())
                .containsAllEntriesOf(test.getSpec().getPodSelector().getMatchLabels());
        assertThat(test.getSpec().getEgress().get(1).getTo()).singleElement().satisfies(to -> assertThat(
                        to.getPodSelector().getMatchLabels())
                .isEqualTo(rendered.the(NetworkPolicy.class, Chart.RELEASE)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels()));
        assertThat(rendered.the(Job.class).getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(check.getSpec().getPodSelector().getMatchLabels());
        assertThat(egress(check)).containsExactly("[] [53, 53]", "[10.0.0.1/32] [6443]");
    }

    /** Each as networks and ports. */
    private static List<String> egress(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .map(rule -> rule.getTo().stream()
                                .map(to -> to.getIpBlock().getCidr())
                                .toList()
                        + " "
                        + rule.getPorts().stream()
                                .map(port -> port.getPort().getIntVal())
                                .toList())
                .toList();
    }
}
