package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real Helm makes of each of the value files that go with the chart. */
class ChartRenderingIT {
    private static final List<String> EXTRA = List.of("tonbo-artifacts-extra", "second");

    static List<Path> values() {
        return Chart.allValues();
    }

    @ParameterizedTest
    @MethodSource("values")
    void itLintsStrictly(Path values) {
        Helm.offline()
                .run(List.of(
                        "lint",
                        Chart.DIRECTORY.toString(),
                        "--strict",
                        "--values=" + values,
                        // Lint can't be told of kinds that a cluster has.
                        "--set=serviceMonitor.renderMode=alwaysRender,podMonitor.renderMode=alwaysRender",
                        "--set=prometheusRule.renderMode=alwaysRender",
                        "--kube-version=1.31.0",
                        "--namespace=" + Chart.NAMESPACE))
                .orFail();
    }

    @ParameterizedTest
    @MethodSource("values")
    void theOperatorTakesItsConfigurationAndHasTimeToEnd(Path values) {
        Rendered rendered = Chart.render(values);
        Map<String, String> env = new HashMap<>(rendered.environment());
        assertThat(env)
                .containsEntry("POD_NAMESPACE", "<metadata.namespace>")
                .containsEntry("POD_NAME", "<metadata.name>");
        env.put("POD_NAMESPACE", "artifacts-system");
        env.put("POD_NAME", "artifacts-operator-0");

        OperatorSettings settings = OperatorSettings.from(env, null);

        assertThat(settings.namespace()).isEqualTo("artifacts-system");
        assertThat(Duration.ofSeconds(rendered.operator().getTerminationGracePeriodSeconds()))
                .isGreaterThan(Duration.parse(env.get("ARTIFACTS_SHUTDOWN_GRACE")));
        assertThat(rendered.container().getCommand()).as("the image knows").isEmpty();
        assertThat(rendered.container().getArgs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyObjectSaysWhoseItIsAndTheSelectorsMeetTheOperatorsPodsAlone(Path values) {
        Rendered rendered = Chart.render(values);
        Deployment deployment = rendered.the(Deployment.class);
        Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();

        assertThat(rendered.objects())
                .filteredOn(object -> !EXTRA.contains(object.getMetadata().getName()))
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
                        .containsEntry("app.kubernetes.io/managed-by", "Helm")
                        .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/version", "helm.sh/chart"));
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(rendered.the(Service.class).getSpec().getSelector()).isEqualTo(selector);
        assertThat(rendered.all(PodDisruptionBudget.class))
                .allSatisfy(budget -> assertThat(budget.getSpec().getSelector().getMatchLabels())
                        .isEqualTo(selector));
        assertThat(Stream.concat(
                        Stream.of(rendered.the(Pod.class).getMetadata()),
                        rendered.all(Job.class).stream()
                                .map(job -> job.getSpec().getTemplate().getMetadata())))
                .as("Pods of the checks")
                .noneMatch(pod -> pod.getLabels().entrySet().containsAll(selector.entrySet()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void helmTestAsksTheServiceWhatTheKubeletAsksThePod(Path values) {
        Rendered rendered = Chart.render(values);
        Service service = rendered.the(Service.class);
        PodSpec test = rendered.the(Pod.class).getSpec();

        assertThat(test.getContainers()).singleElement().satisfies(container -> assertThat(container.getArgs())
                .containsExactly(
                        "--check-ready",
                        "http://%s.%s.svc:%d%s"
                                .formatted(
                                        service.getMetadata().getName(),
                                        service.getMetadata().getNamespace(),
                                        service.getSpec().getPorts().get(0).getPort(),
                                        rendered.container()
                                                .getReadinessProbe()
                                                .getHttpGet()
                                                .getPath())));
        assertThat(test.getAutomountServiceAccountToken())
                .as("it asks nothing of the API server")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void noPodIsMoreThanRestrictedOrWritesElsewhereThanToItsTmp(Path values) {
        assertThat(Chart.render(values).pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getVolumeMounts())
                        .allMatch(mount -> mount.getMountPath().equals("/tmp") || mount.getReadOnly());
                assertThat(container.getResources().getLimits()).containsKey("memory");
                assertThat(container.getImage()).startsWith("registry.example.com/artifacts-operator");
            });
        });
    }

    @Test
    void byDefaultOneReplicaLeadsByALeaseEverywhere() {
        Rendered rendered = Chart.render(Chart.MINIMAL);

        assertThat(rendered.environment())
                .containsEntry("ARTIFACTS_ORCHESTRATOR_URL", "https://orchestrator.example.com")
                .containsEntry("ARTIFACTS_LEADER_ELECTION_LEASE", "artifacts-operator")
                .containsEntry("ARTIFACTS_LOG_FORMAT", "json")
                .containsEntry("ARTIFACTS_SHUTDOWN_GRACE", "PT45S")
                .containsEntry("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError")
                .doesNotContainKeys(
                        "QUARKUS_OPERATOR_SDK_NAMESPACES",
                        "ARTIFACTS_TOKEN_FILE",
                        "ARTIFACTS_CA_FILE",
                        "ARTIFACTS_TRACING_ENDPOINT");
        assertThat(rendered.operator().getTerminationGracePeriodSeconds()).isEqualTo(60);
        assertThat(rendered.the(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("RollingUpdate");
        assertThat(rendered.all(ClusterRoleBinding.class)).hasSize(1);
        assertThat(rendered.all(PodDisruptionBudget.class)).isEmpty();
        assertThat(rendered.all(NetworkPolicy.class)).isEmpty();
        assertThat(rendered.all(Job.class)).as("the CRDs stay").isEmpty();
        assertThat(rendered.all(CustomResourceDefinition.class)).hasSize(2).allSatisfy(crd -> assertThat(
                        crd.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
    }

    @Test
    void everythingThatCanBeSaidArrives() {
        Rendered rendered = Chart.render(Chart.values("everything"));
        PodSpec pod = rendered.operator();

        assertThat(rendered.names())
                .contains(
                        "Deployment tonbo/tonbo-artifacts",
                        "ServiceAccount tonbo/tonbo",
                        "ConfigMap artifacts-system/tonbo-artifacts-extra",
                        "ConfigMap artifacts-system/second",
                        "Job tonbo/tonbo-artifacts-uninstall-check");
        assertThat(rendered.the(ConfigMap.class, "tonbo-artifacts-ca").getData().get("ca.crt"))
                .startsWith("-----BEGIN CERTIFICATE-----\nMIIB");
        assertThat(rendered.environment())
                .containsEntry("ARTIFACTS_TRACING_ENDPOINT", "http://collector.tracing.svc:4318")
                .containsEntry("ARTIFACTS_TRACING_SAMPLE_RATIO", "1")
                .containsEntry("ARTIFACTS_LOG_LEVEL", "DEBUG")
                .containsEntry("TZ", "UTC")
                .containsEntry(
                        "JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC");
        assertThat(rendered.container().getImage()).endsWith(":1.2.3");
        assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("registry");
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(65532);
        assertThat(rendered.container().getSecurityContext().getPrivileged()).isFalse();
        assertThat(pod.getTolerations()).hasSize(1);
        assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(pod.getVolumes()).extracting("name").contains("tmp", "ca-bundle", "extra");
        assertThat(rendered.container().getStartupProbe().getFailureThreshold())
                .as("every two seconds")
                .isEqualTo(151);
        assertThat(rendered.the(Deployment.class).getMetadata().getAnnotations())
                .containsEntry("reloader.stakater.com/auto", "true");
        assertThat(rendered.the(Deployment.class).getSpec().getRevisionHistoryLimit())
                .isEqualTo(3);
        assertThat(rendered.the(ServiceAccount.class).getMetadata().getAnnotations())
                .containsEntry("example.com/role", "artifacts");
        assertThat(rendered.the(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsEntry("team", "platform")
                .containsEntry("example.com/tier", "backend");
        assertThat(rendered.all(CustomResourceDefinition.class))
                .allSatisfy(crd ->
                        assertThat(crd.getMetadata().getAnnotations()).doesNotContainKey("helm.sh/resource-policy"));
    }

    @ParameterizedTest
    @CsvSource({
        "--set-json=0.1,        0.1",
        "--set=0.5,             0.5",
        "--set=1,               1",
        "--set-json=0,          0",
        "--set-json=0.00005,    0.00005",
        "--set-json=0.25,       0.25",
        "--set=0.000000000001,  0.000000000001",
    })
    void theOperatorReadsEveryRatioThatTheChartTakes(String option, String ratio) {
        Map<String, String> env = new HashMap<>(Chart.render(
                        Chart.MINIMAL,
                        "--set=tracing.endpoint=http://c:4318",
                        option.replaceFirst("=", "=tracing.sampleRatio="))
                .environment());

        assertThat(env).containsEntry("ARTIFACTS_TRACING_SAMPLE_RATIO", ratio);
        assertThat(OperatorSettings.from(env, null).tracing()).isNotNull();
    }

    /** By null, as Helm has it, which takes the whole of a default away. */
    @ParameterizedTest
    @ValueSource(strings = {"dashboard.labels", "nodeSelector", "resources", "podSecurityContext", "securityContext"})
    void aDefaultCanBeTakenAway(String key) {
        Rendered with = Chart.render(Chart.MINIMAL, "--set=dashboard.enabled=true");
        Rendered without = Chart.render(Chart.MINIMAL, "--set=dashboard.enabled=true," + key + "=null");

        assertThat(without.names()).isEqualTo(with.names());
        assertThat(without.objects()).isNotEqualTo(with.objects());
    }

    @Test
    void otherCertificatesAreAnotherPod() {
        String first = checksum("everything");

        assertThat(first).hasSize(64).isEqualTo(checksum("everything"));
        assertThat(Chart.render(
                                Chart.values("everything"),
                                "--set=caBundle.pem=-----BEGIN CERTIFICATE-----\nother\n-----END CERTIFICATE-----")
                        .the(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations()
                        .get("checksum/ca-bundle"))
                .isNotEqualTo(first);
    }

    private static String checksum(String values) {
        return Chart.render(Chart.values(values))
                .the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("checksum/ca-bundle");
    }

    @Test
    void onOpenShiftUserAndGroupComeFromTheNamespace() {
        assertThat(Chart.render(Chart.values("openshift"), "--set=crds.keep=false")
                        .pods())
                .hasSize(3)
                .allSatisfy(pod -> {
                    assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
                    assertThat(pod.getSecurityContext().getRunAsGroup()).isNull();
                    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                });
    }

    @Test
    void whatSomebodyElseBringsIsLeftOut() {
        assertThat(Chart.render(Chart.values("bare")).names())
                .containsExactlyInAnyOrder(
                        "Service artifacts-system/artifacts-operator",
                        "Deployment artifacts-system/artifacts-operator",
                        "Pod artifacts-system/artifacts-operator-test");
    }
}
