package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes for Prometheus' operator and for Grafana, and what the real kinds say to it. */
class MonitoringChartIT {
    /** Those of Prometheus' operator. */
    static final Path KINDS = ProjectRoot.find().resolve("src/test/resources/monitoring/crds");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static Rendered render(String... more) {
        return Chart.render(Chart.MINIMAL, more);
    }

    private static JsonNode spec(Rendered rendered, String kind) {
        return JSON.<JsonNode>valueToTree(rendered.objects().stream()
                        .filter(object -> object.getKind().equals(kind))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + kind + " in " + rendered.names())))
                .path("spec");
    }

    private static Map<String, String> labels(JsonNode labels) {
        return JSON.convertValue(labels, JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    @Test
    void nothingIsMonitoredUnlessAskedFor() {
        assertThat(render().names())
                .noneMatch(name -> name.matches("(ServiceMonitor|PodMonitor|PrometheusRule|ConfigMap) .*"));
    }

    @Test
    void byItsDefaultsTheRulesAreThoseOfTheFile() throws IOException {
        JsonNode file =
                new YAMLMapper().readTree(Files.readString(ProjectRoot.find().resolve(AlertRules.FILE)));

        assertThat(spec(render("--set=prometheusRule.enabled=true"), "PrometheusRule"))
                .isEqualTo(file);
    }

    @Test
    void theRulesAreAboutTheirRelease() throws Exception {
        JsonNode spec = spec(
                render(
                        "--set=prometheusRule.enabled=true",
                        "--namespace=elsewhere",
                        "--set=fullnameOverride=second,prometheusRule.runbooks=https://wiki.example.com/runbooks"),
                "PrometheusRule");
        AlertRules rules = AlertRules.of(spec);

        assertThat(rules.names()).isEqualTo(AlertRules.read().names());
        assertThat(rules.expressions())
                .flatExtracting(PromQl::selectors)
                .allMatch(selector -> selector.has("namespace", "elsewhere") && selector.has("job", "second"));
        assertThat(rules.the("ArtifactsNoLeader").annotation("runbook_url"))
                .isEqualTo("https://wiki.example.com/runbooks#artifactsnoleader");
        Path file = directory.resolve("rules.yaml");
        new YAMLMapper().writeValue(file.toFile(), spec);
        Promtool.run("check", "rules", "--lint=all", "--lint-fatal", file.toString());
    }

    @Test
    void anAlertCanBeChanged() {
        AlertRules rules = AlertRules.of(spec(
                render(
                        "--set=prometheusRule.enabled=true,prometheusRule.alertLabels.team=storage",
                        "--set=prometheusRule.alerts.ArtifactsTokenExpiring.threshold=259200",
                        "--set=prometheusRule.alerts.ArtifactsOrchestratorErrors.threshold=0.05",
                        "--set=prometheusRule.alerts.ArtifactsOrchestratorErrors.severity=page",
                        "--set=prometheusRule.alerts.ArtifactsOrchestratorErrors.for=1h",
                        "--set=prometheusRule.alerts.ArtifactsObjectsStalled.enabled=false"),
                "PrometheusRule"));

        assertThat(rules.names())
                .hasSize(AlertRules.read().names().size() - 1)
                .doesNotContain("ArtifactsObjectsStalled");
        assertThat(rules.the("ArtifactsTokenExpiring").expression().text()).endsWith(" < 259200");
        AlertRules.Alert errors = rules.the("ArtifactsOrchestratorErrors");
        assertThat(errors.expression().text()).endsWith(") > 0.05");
        assertThat(errors.severity()).isEqualTo("page");
        assertThat(errors.rule().path("for").asText()).isEqualTo("1h");
        assertThat(rules.alerts())
                .allMatch(alert -> alert.rule().at("/labels/team").asText().equals("storage"));
        assertThat(rules.the("ArtifactsOrchestratorSlow").rule().path("expr"))
                .isEqualTo(AlertRules.read()
                        .the("ArtifactsOrchestratorSlow")
                        .rule()
                        .path("expr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceMonitor", "podMonitor"})
    void everyPodIsScrapedUnderTheJobThatTheRulesSelectBy(String monitor) {
        Rendered rendered = render("--set=" + monitor + ".enabled=true", "--set=" + monitor + ".interval=15s");
        boolean byService = monitor.equals("serviceMonitor");
        JsonNode spec = spec(rendered, byService ? "ServiceMonitor" : "PodMonitor");
        JsonNode endpoint =
                spec.path(byService ? "endpoints" : "podMetricsEndpoints").path(0);

        assertThat(spec.at("/namespaceSelector/matchNames/0").asText()).isEqualTo(Chart.NAMESPACE);
        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(endpoint.path("interval").asText()).isEqualTo("15s");
        assertThat(endpoint.at("/relabelings/0/targetLabel").asText()).isEqualTo("job");
        assertThat(endpoint.at("/relabelings/0/replacement").asText()).isEqualTo(Chart.RELEASE);
        Map<String, String> selected = labels(spec.at("/selector/matchLabels"));
        assertThat(selected).isNotEmpty();
        var template = rendered.the(Deployment.class).getSpec().getTemplate().getMetadata();
        Service service = rendered.the(Service.class);
        assertThat(byService ? service.getMetadata().getLabels() : template.getLabels())
                .containsAllEntriesOf(selected);
        assertThat(template.getLabels()).containsAllEntriesOf(service.getSpec().getSelector());
        String port = endpoint.path("port").asText();
        assertThat(service.getSpec().getPorts()).extracting("name").contains(port);
        assertThat(rendered.container().getPorts()).extracting("name").contains(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serviceMonitor.enabled=true,podMonitor.enabled=true | every Pod would be scraped twice",
                "podMonitor.renderMode=maybe | value must be one of 'alwaysRender', 'skipIfMissing', 'failIfMissing'",
                "prometheusRule.alerts.ArtifactsNoSuch.for=1m | invalid propertyName 'ArtifactsNoSuch'",
                "prometheusRule.alerts.ArtifactsNoLeader.foe=1m | additional properties 'foe' not allowed",
                "prometheusRule.enabled=true,prometheusRule.alerts.ArtifactsNoLeader.threshold=1 | threshold: this alert has none",
                "prometheusRule.alerts.ArtifactsNoLeader.for=soon | 'soon' does not match pattern",
            })
    void aMistakeIsNamed(String values, String complaint) {
        assertThat(Chart.refusal("--set=" + values)).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "a: b"})
    void aJobIsText(String job) {
        Rendered rendered = render("--set=podMonitor.enabled=true", "--set-string=prometheusRule.job=" + job);

        assertThat(spec(rendered, "PodMonitor").at("/podMetricsEndpoints/0/relabelings/0/replacement"))
                .isEqualTo(TextNode.valueOf(job));
    }

    @Test
    void aLabelOfItsOwnGoesBeforeOneOfAll() {
        assertThat(render("--set=podMonitor.enabled=true,commonLabels.team=a,podMonitor.labels.team=b")
                        .objects())
                .filteredOn(object -> object.getKind().equals("PodMonitor"))
                .singleElement()
                .satisfies(monitor -> assertThat(monitor.getMetadata().getLabels())
                        .containsEntry("team", "b")
                        .containsEntry("app.kubernetes.io/instance", Chart.RELEASE));
    }

    @Test
    void whereTheKindsAreMissingTheyCanBeLeftOutOrAskedFor() {
        String values = "--values=" + Chart.MINIMAL;
        String asked = "--set=serviceMonitor.enabled=true,serviceMonitor.renderMode=";

        assertThat(render(asked + "skipIfMissing").names())
                .contains("ServiceMonitor artifacts-system/artifacts-operator");
        assertThat(Chart.templateWithoutPrometheus(values, asked + "skipIfMissing")
                        .orFail())
                .doesNotContain("ServiceMonitor");
        assertThat(Chart.templateWithoutPrometheus(values, asked + "alwaysRender")
                        .orFail())
                .contains("kind: ServiceMonitor");
        assertThat(Chart.refusal(Chart.templateWithoutPrometheus(values, asked + "failIfMissing")))
                .contains("the cluster has no monitoring.coreos.com/v1 ServiceMonitor");
    }

    @Test
    void theExampleIsWatchedAsItSays() {
        Rendered rendered = Chart.render(Chart.values("monitored"));
        AlertRules rules = AlertRules.of(spec(rendered, "PrometheusRule"));
        AlertRules.Alert expiring = rules.the("ArtifactsTokenExpiring");

        assertThat(expiring.expression().text()).endsWith(" < 900");
        assertThat(expiring.rule().path("for").asText()).isEqualTo("5m");
        assertThat(rules.names())
                .hasSize(AlertRules.read().names().size() - 1)
                .doesNotContain("ArtifactsSessionLeftToExpire");
        assertThat(rules.alerts())
                .allMatch(alert -> alert.rule().at("/labels/team").asText().equals("storage"));
        assertThat(rendered.objects())
                .filteredOn(object -> object.getApiVersion().equals("monitoring.coreos.com/v1"))
                .hasSize(2)
                .allSatisfy(
                        object -> assertThat(object.getMetadata().getLabels()).containsEntry("release", "prometheus"));
        JsonNode endpoint = spec(rendered, "ServiceMonitor").at("/endpoints/0");
        assertThat(endpoint.path("interval").asText()).isEqualTo("30s");
        assertThat(endpoint.path("scrapeTimeout").asText()).isEqualTo("10s");
        assertThat(endpoint.at("/relabelings/1/regex").asText()).isEqualTo("container");
        assertThat(endpoint.at("/metricRelabelings/0/regex").asText()).isEqualTo("jvm_.*");
    }

    @Test
    void everythingThatCanBeSaidArrives() {
        Rendered rendered = Chart.render(Chart.values("everything"));
        JsonNode endpoint = spec(rendered, "PodMonitor").at("/podMetricsEndpoints/0");
        AlertRules rules = AlertRules.of(spec(rendered, "PrometheusRule"));

        assertThat(rendered.objects())
                .filteredOn(object -> object.getApiVersion().equals("monitoring.coreos.com/v1"))
                .hasSize(2)
                .allSatisfy(object -> assertThat(object.getMetadata().getAnnotations())
                        .containsEntry("example.com/owner", "platform"));
        assertThat(rendered.the(ConfigMap.class, "tonbo-artifacts-dashboard")
                        .getMetadata()
                        .getLabels())
                .containsEntry("grafana_dashboard", "yes");
        assertThat(endpoint.path("interval").asText()).isEqualTo("1m");
        assertThat(endpoint.path("scrapeTimeout").asText()).isEqualTo("20s");
        assertThat(endpoint.at("/relabelings/0/replacement").asText()).isEqualTo("artifacts");
        assertThat(endpoint.at("/relabelings/1/targetLabel").asText()).isEqualTo("node");
        assertThat(endpoint.at("/metricRelabelings/0/action").asText()).isEqualTo("drop");
        assertThat(rules.expressions())
                .flatExtracting(PromQl::selectors)
                .isNotEmpty()
                .allMatch(selector -> selector.has("namespace", "tonbo") && selector.has("job", "artifacts"));
        assertThat(rules.the("ArtifactsNoLeader").annotation("runbook_url"))
                .startsWith("https://wiki.example.com/artifacts#");
    }

    @Test
    void theDashboardIsWhereGrafanasSidecarLooks() throws IOException {
        ConfigMap dashboard = render(
                        "--set=dashboard.enabled=true", "--set=dashboard.annotations.grafana_folder=Storage")
                .the(ConfigMap.class);

        assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(dashboard.getMetadata().getAnnotations()).containsEntry("grafana_folder", "Storage");
        assertThat(JSON.readTree(dashboard.getData().get("artifacts-operator.json")))
                .isEqualTo(Dashboard.read().content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceMonitor", "podMonitor"})
    void theRealKindsTakeIt(String monitor) throws IOException {
        KubeCluster cluster = SharedKubeCluster.cluster();
        cluster.applyCrds(KINDS);
        String manifests = Chart.template(
                        "--values=" + Chart.MINIMAL,
                        "--namespace=" + cluster.newNamespace("monitoring"),
                        "--show-only=templates/monitoring/" + monitor.toLowerCase(Locale.ROOT) + ".yaml",
                        "--show-only=templates/monitoring/prometheusrule.yaml",
                        "--show-only=templates/monitoring/dashboard.yaml",
                        "--set=prometheusRule.enabled=true,dashboard.enabled=true,prometheusRule.labels.release=prometheus",
                        "--set=" + monitor + ".enabled=true",
                        "--set=" + monitor + ".interval=30s," + monitor + ".scrapeTimeout=10s",
                        "--set=" + monitor + ".relabelings[0].action=labeldrop," + monitor
                                + ".relabelings[0].regex=container",
                        "--set=" + monitor + ".metricRelabelings[0].action=drop,"
                                + monitor + ".metricRelabelings[0].sourceLabels[0]=__name__,"
                                + monitor + ".metricRelabelings[0].regex=jvm_.*")
                .orFail();
        Path file = Files.writeString(directory.resolve("manifests.yaml"), manifests);

        assertThat(cluster.kubectl("create", "--dry-run=server", "--validate=strict", "-f", file.toString())
                        .orFail())
                .contains("prometheusrule.monitoring.coreos.com/artifacts-operator created", "configmap/")
                .containsIgnoringCase(monitor + ".monitoring.coreos.com/artifacts-operator created");
    }
}
