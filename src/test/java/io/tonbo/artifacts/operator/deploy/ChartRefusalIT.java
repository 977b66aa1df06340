package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Helm says to values that make no sense: where the mistake is, and what is wanted there. */
class ChartRefusalIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // Unknown keys.
                "replicaCount=2                   | at '': additional properties 'replicaCount' not allowed",
                "orchestrator.uri=https://x       | at '/orchestrator': additional properties 'uri' not allowed",
                "watch.namespace=team-a           | at '/watch': additional properties 'namespace' not allowed",
                // Wrong types.
                "replicas=two                     | at '/replicas': got string, want integer",
                "crds.keep=maybe                  | at '/crds/keep': got string, want boolean",
                "watch.namespaces=team-a          | at '/watch/namespaces': got string, want array",
                "crds=true                        | at '/crds': got boolean, want object",
                // Wrong values.
                "replicas=99                      | at '/replicas': maximum: got 99, want 10",
                "log.format=xml                   | at '/log/format': value must be one of 'json', 'text'",
                "tracing.sampleRatio=2            | at '/tracing/sampleRatio': maximum: got 2, want 1",
                "\"watch.namespaces={Team}\"      | at '/watch/namespaces/0': 'Team' does not match pattern",
                "orchestrator.pollInterval=5m     | at '/orchestrator/pollInterval': '5m' does not match pattern",
                "\"orchestrator.url=https://o x\" | at '/orchestrator/url': 'https://o x' does not match pattern",
                // What no schema can say.
                "orchestrator.url=                | orchestrator.url is required: the base URL of your orchestrator",
                "orchestrator.url=http://o.com    | orchestrator.url must begin with https:// (http is for the loopback",
                "orchestrator.url=https://a:b@o   | orchestrator.url must have no user name, password, query or",
                "image.repository=                | image.repository is required: where you pushed the operator's image",
                "serviceAccount.create=false      | serviceAccount.name is required where serviceAccount.create is false",
                "\"replicas=2,leaderElection.enabled=false\" | replicas above 1 need leaderElection.enabled",
                "\"watch.own=true,watch.namespaces={a}\"     | watch.own and watch.namespaces exclude each other",
                "\"sharedConnection.namespaces={a}\"         | which token are they to use?",
                "\"caBundle.existingSecret=a,caBundle.existingConfigMap=b\" | caBundle: give one of pem, existingConfigMap",
            })
    void aMistakeIsNamed(String values, String complaint) {
        Helm.Result result = Chart.template("--values=" + Chart.MINIMAL, "--set=" + values);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains(complaint);
    }

    @Test
    void whatIsWrittenWrongIsNotRepeatedWhereItMayHoldAPassword() {
        assertThat(Chart.template("--values=" + Chart.MINIMAL, "--set=orchestrator.url=https://me:planted-9c1@o.com")
                        .errors())
                .contains("orchestrator.url")
                .doesNotContain("planted-9c1");
    }

    @Test
    void anOlderKubernetesIsRefused() {
        assertThat(Chart.template("--values=" + Chart.MINIMAL, "--kube-version=1.30.9")
                        .errors())
                .contains("chart requires kubeVersion: >=1.31.0-0");
    }
}
