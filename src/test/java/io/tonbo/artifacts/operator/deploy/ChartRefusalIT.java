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
                "crds.annotations.helm\\.sh/resource-policy=keep | at '/crds/annotations/helm.sh~1resource-policy': false schema",
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
                "tracing.sampleRatio=0.0000000000001 | at '/tracing/sampleRatio': '0.0000000000001' does not match",
                "podDisruptionBudget.maxUnavailable=0 | at '/podDisruptionBudget/maxUnavailable': minimum: got 0, want 1",
                "podDisruptionBudget.maxUnavailable=0% | '0%' does not match pattern",
                // Names that no Service may have.
                "fullnameOverride=a.b             | at '/fullnameOverride': 'a.b' does not match pattern",
                "fullnameOverride=1op             | at '/fullnameOverride': '1op' does not match pattern",
                "nameOverride=a.b                 | at '/nameOverride': 'a.b' does not match pattern",
                // What the chart itself says.
                "commonLabels.app\\.kubernetes\\.io/name=web   | at '/commonLabels/app.kubernetes.io~1name': false schema",
                "commonLabels.helm\\.sh/chart=web             | at '/commonLabels/helm.sh~1chart': false schema",
                "podLabels.app\\.kubernetes\\.io/component=web | at '/podLabels/app.kubernetes.io~1component': false schema",
                "\"extraEnv[0].name=JAVA_TOOL_OPTIONS\"      | at '/extraEnv/0/name': 'not' failed",
                "\"extraEnv[0].name=ARTIFACTS_LOG_LEVEL\"    | at '/extraEnv/0/name': 'not' failed",
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
                "sharedConnection.existingSecret=a           | sharedConnection.namespaces: who may use that token?",
                "\"watch.own=true,sharedConnection.existingSecret=a,sharedConnection.namespaces={b}\" | has b, which watch leaves out",
                "\"podDisruptionBudget.maxUnavailable=1,podDisruptionBudget.minAvailable=0\" | give one of minAvailable and maxUnav",
                "\"crds.enabled=false,crds.keep=false\"      | first upgrade with crds.enabled=true,crds.keep=true",
                "\"caBundle.existingSecret=a,caBundle.existingConfigMap=b\" | caBundle: give one of pem, existingConfigMap",
            })
    void aMistakeIsNamed(String values, String complaint) {
        assertThat(Chart.refusal("--set=" + values)).contains(complaint);
    }

    /** In YAML a key with nothing behind it, which Helm then drops. */
    @ParameterizedTest
    @CsvSource({
        "'', replicas",
        "'', javaOptions",
        "'', caBundle",
        "'', sharedConnection",
        "/crds, keep",
        "/rbac, create",
        "/orchestrator, requestsPerSecond",
        "/watch, namespaces",
        "/prometheusRule, alerts",
        "/networkPolicy/egress/apiServer, ports",
        "/networkPolicy/egress/storage, ports",
    })
    void anEmptiedKeyIsMissed(String where, String key) {
        String path = (where + "/" + key).substring(1).replace('/', '.');

        assertThat(Chart.refusal("--set=" + path + "=null"))
                .contains("at '" + where + "': missing property '" + key + "'");
    }

    @Test
    void aReleasesNameThatNoServiceMayHaveIsRefused() {
        assertThat(Chart.refusal(Chart.templateOf("1st", "--values=" + Chart.MINIMAL)))
                .contains("1st-artifacts-operator can't be a Service's name", "set fullnameOverride");
    }

    @Test
    void whatIsWrittenWrongIsNotRepeatedWhereItMayHoldAPassword() {
        assertThat(Chart.refusal("--set=orchestrator.url=https://me:planted-9c1@o.com"))
                .contains("orchestrator.url")
                .doesNotContain("planted-9c1");
    }

    @Test
    void anOlderKubernetesIsRefused() {
        assertThat(Chart.refusal("--kube-version=1.30.9")).contains("chart requires kubeVersion: >=1.31.0-0");
    }
}
