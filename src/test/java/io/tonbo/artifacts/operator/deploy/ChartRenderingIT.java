package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertThat(rendered.all(NetworkPolicy.class)).allSatisfy(policy -> assertThat(
                        policy.getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(selector));
        assertThat(rendered.the(Pod.class).getMetadata().getLabels().entrySet())
                .as("of helm test")
                .doesNotContainSequence(selector.entrySet())
                .isNotEmpty();
        assertThat(rendered.all(Job.class)).allSatisfy(job -> assertThat(
                        job.getSpec().getTemplate().getMetadata().getLabels())
                .doesNotContainEntry("app.kubernetes.io/component", "operator"));
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
                .containsEntry("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=60")
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
    void rightsInSomeNamespacesAreRolesThere() {
        Rendered rendered = Chart.render(Chart.values("some-namespaces"));
        List<String> everywhere = Rendered.permissions(Chart.render(Chart.MINIMAL)
                .the(ClusterRole.class, "artifacts-operator")
                .getRules());

        assertThat(rendered.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace() + "/"
                        + role.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "team-a/artifacts-operator",
                        "team-b/artifacts-operator",
                        "artifacts-system/artifacts-operator-last-events",
                        "artifacts-system/artifacts-operator-lease");
        List<String> ofObjects = Rendered.permissions(
                rendered.the(ClusterRole.class, "artifacts-operator-objects").getRules());
        assertThat(ofObjects)
                .isNotEmpty()
                .allMatch(permission ->
                        permission.contains(" artifacts.tonbo.io/") || permission.equals("get /namespaces"));
        assertThat(rendered.all(Role.class))
                .filteredOn(role -> role.getMetadata().getNamespace().startsWith("team-"))
                .hasSize(2)
                .allSatisfy(role -> assertThat(Rendered.permissions(role.getRules()))
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(ofObjects)
                        .satisfies(there -> assertThat(Stream.concat(there.stream(), ofObjects.stream()))
                                .containsExactlyInAnyOrderElementsOf(everywhere)));
        assertThat(rendered.all(ClusterRoleBinding.class)).singleElement().satisfies(binding -> assertThat(
                        binding.getRoleRef().getName())
                .isEqualTo("artifacts-operator-objects"));
        assertThat(rendered.all(RoleBinding.class)).hasSize(4).allSatisfy(binding -> assertThat(binding.getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getNamespace() + "/" + subject.getName())
                        .isEqualTo("artifacts-system/artifacts-operator")));
        assertThat(rendered.environment())
                .containsEntry("QUARKUS_OPERATOR_SDK_NAMESPACES", "team-a,team-b")
                .containsEntry("ARTIFACTS_SHARED_CONNECTION_NAMESPACES", "team-a,team-b");
    }

    @Test
    void inItsOwnNamespaceAloneItHasOneRole() {
        Rendered rendered = Chart.render(Chart.values("own-namespace"));

        assertThat(rendered.all(Role.class))
                .singleElement()
                .satisfies(role -> assertThat(role.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE));
        assertThat(rendered.environment())
                .containsEntry("QUARKUS_OPERATOR_SDK_NAMESPACES", Chart.NAMESPACE)
                .doesNotContainKey("ARTIFACTS_LEADER_ELECTION_LEASE");
        assertThat(rendered.the(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("Recreate");
        assertThat(rendered.the(ClusterRole.class, "artifacts-operator-edit")
                        .getMetadata()
                        .getLabels())
                .doesNotContainKey("rbac.authorization.k8s.io/aggregate-to-edit");
    }

    @Test
    void severalReplicasAreSpreadAndKept() {
        Rendered rendered = Chart.render(Chart.values("highly-available"));

        assertThat(rendered.operator().getTopologySpreadConstraints())
                .extracting("topologyKey")
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(rendered.the(PodDisruptionBudget.class).getSpec().getMinAvailable())
                .isEqualTo(new IntOrString("50%"));
        assertThat(Chart.render(Chart.MINIMAL, "--set=replicas=2")
                        .the(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable())
                .isEqualTo(new IntOrString(1));
        assertThat(rendered.operator().getPriorityClassName()).isEqualTo("system-cluster-critical");
        assertThat(rendered.operator().getTerminationGracePeriodSeconds()).isEqualTo(105);
    }

    @Test
    void everyWayOutIsOneThatWasWrittenDown() {
        Rendered rendered = Chart.render(Chart.values("locked-down"));
        NetworkPolicy policy = rendered.the(NetworkPolicy.class);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getPorts())
                    .extracting(port -> port.getPort().getStrVal())
                    .containsExactly("http");
            assertThat(rule.getFrom()).as("monitoring, and helm test").hasSize(2);
        });
        assertThat(policy.getSpec().getEgress())
                .extracting(rule -> rule.getTo().stream()
                                .map(to -> to.getIpBlock().getCidr())
                                .toList()
                        + " "
                        + rule.getPorts().stream()
                                .map(port -> port.getPort().getIntVal())
                                .toList())
                .containsExactly(
                        "[] [53, 53]",
                        "[10.0.0.1/32] [6443]",
                        "[192.0.2.10/32] [3128]",
                        "[] [443, 9000]",
                        "[198.51.100.0/24, 2001:db8::/32] [6379, 6380]",
                        "[] [4317]");
        assertThat(rendered.environment())
                .containsEntry("ARTIFACTS_CA_FILE", "/etc/artifacts/ca/ca.crt")
                .containsEntry("ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS", "minio.storage.svc,10.1.0.0/16")
                .containsEntry(
                        "JAVA_TOOL_OPTIONS",
                        "-XX:MaxRAMPercentage=60 -Dhttps.proxyHost=proxy.example.com -Dhttps.proxyPort=3128"
                                + " -Dhttp.nonProxyHosts=*.example.internal|localhost");
        assertThat(rendered.container().getImage()).contains("artifacts-operator@sha256:");
        assertThat(egressPorts(Chart.render(Chart.values("everything")))).contains(8080, 4317);
        assertThat(egressPorts(Chart.render(
                        Chart.MINIMAL,
                        "--set=networkPolicy.enabled=true,orchestrator.url=https://orchestrator.example.com:8443/a")))
                .contains(8443);
    }

    private static List<Integer> egressPorts(Rendered rendered) {
        return rendered.the(NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    @Test
    void everythingThatCanBeSaidArrives() {
        Rendered rendered = Chart.render(Chart.values("everything"));
        PodSpec pod = rendered.operator();

        assertThat(rendered.names())
                .contains(
                        "Deployment artifacts-system/tonbo-artifacts",
                        "ServiceAccount artifacts-system/tonbo",
                        "ConfigMap artifacts-system/tonbo-artifacts-extra",
                        "ConfigMap artifacts-system/second",
                        "Job artifacts-system/tonbo-artifacts-uninstall-check");
        assertThat(rendered.the(ConfigMap.class, "tonbo-artifacts-ca").getData().get("ca.crt"))
                .startsWith("-----BEGIN CERTIFICATE-----\nMIIB");
        assertThat(rendered.environment())
                .containsEntry("ARTIFACTS_TRACING_ENDPOINT", "http://collector.tracing.svc:4317")
                .containsEntry("ARTIFACTS_TRACING_SAMPLE_RATIO", "1")
                .containsEntry("ARTIFACTS_LOG_LEVEL", "DEBUG")
                .containsEntry("TZ", "UTC")
                .containsEntry("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=60 -XX:+UseSerialGC");
        assertThat(rendered.container().getImage()).endsWith(":1.2.3");
        assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("registry");
        assertThat(pod.getTolerations()).hasSize(1);
        assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(pod.getVolumes()).extracting("name").contains("tmp", "ca-bundle", "extra");
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
    void whatSomebodyElseBringsIsLeftOut() {
        assertThat(Chart.render(Chart.values("bare")).names())
                .containsExactlyInAnyOrder(
                        "Service artifacts-system/artifacts-operator",
                        "Deployment artifacts-system/artifacts-operator",
                        "Pod artifacts-system/artifacts-operator-test");
    }

    @Test
    void usersArePolicedAsFarAsTheValuesSay() {
        assertThat(policies("minimal")).contains("artifacts-operator-shared-connection");
        assertThat(policies("own-namespace"))
                .as("the shared connection is everybody's")
                .doesNotContain("artifacts-operator-shared-connection")
                .contains("artifacts-operator-watched");
        assertThat(policies("locked-down")).contains("artifacts-operator-storage-hosts");
    }

    private static List<String> policies(String values) {
        return Chart.render(Chart.values(values)).all(ValidatingAdmissionPolicy.class).stream()
                .map(policy -> policy.getMetadata().getName())
                .toList();
    }
}
