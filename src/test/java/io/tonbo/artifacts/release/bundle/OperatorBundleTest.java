package io.tonbo.artifacts.release.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescription;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersion;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.InstallMode;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.SpecDescriptor;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StrategyDetailsDeployment;
import io.tonbo.artifacts.release.image.ImageSettings;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle says what the repository's other files say. */
class OperatorBundleTest {
    private static final Path PROJECT = ProjectRoot.find();
    private static final String IMAGE = "registry.example.com/artifacts-operator@sha256:4711";

    @TempDir
    private Path directory;

    private ClusterServiceVersion version;

    @BeforeEach
    void write() throws IOException {
        ImageSettings image =
                new ImageSettings("", IMAGE, "1.2.3-SNAPSHOT", "", "", Instant.parse("2026-11-01T00:00:00Z"), true);
        new OperatorBundle(PROJECT, image, new Publisher("https://example.com", "operators@example.com"))
                .write(directory);
        version = new KubernetesSerialization()
                .unmarshal(
                        Files.readString(directory.resolve("manifests/artifacts-operator.clusterserviceversion.yaml")),
                        ClusterServiceVersion.class);
    }

    private StrategyDetailsDeployment install() {
        return version.getSpec().getInstall().getSpec();
    }

    private Container container() {
        return install()
                .getDeployments()
                .get(0)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    @Test
    void itRunsTheImageByItsEntryPoint() {
        assertThat(container().getImage()).isEqualTo(IMAGE);
        assertThat(container().getCommand()).isEmpty();
        assertThat(container().getArgs()).isEmpty();
        assertThat(version.getMetadata().getName()).isEqualTo("artifacts-operator.v1.2.3-snapshot");
    }

    @Test
    void itWatchesWhatTheOperatorGroupNamesAndLeavesTheRestToTheSubscription() {
        assertThat(container().getEnv())
                .filteredOn(variable -> "QUARKUS_OPERATOR_SDK_NAMESPACES".equals(variable.getName()))
                .singleElement()
                .satisfies(variable -> assertThat(
                                variable.getValueFrom().getFieldRef().getFieldPath())
                        .isEqualTo("metadata.annotations['olm.targetNamespaces']"));
        assertThat(container().getEnv().stream().map(EnvVar::getName))
                .contains("POD_NAMESPACE")
                .doesNotContain("ARTIFACTS_ORCHESTRATOR_URL", "ARTIFACTS_SHARED_CONNECTION_NAMESPACES");
        // That it then watches all is ImageIT's: the manager names none where an OperatorGroup is of all namespaces.
        assertThat(version.getSpec().getInstallModes()).hasSize(4).allMatch(InstallMode::getSupported);
    }

    @Test
    void itWantsTheKubernetesThatTheChartWants() throws IOException {
        assertThat(Files.readString(PROJECT.resolve("deploy/helm/artifacts-operator/Chart.yaml")))
                .contains("kubeVersion: \">=" + version.getSpec().getMinKubeVersion() + "-0\"");
    }

    @Test
    void itMayDoWhatTheShippedRolesMayAndInTheClusterNoMoreThanSeeItsOwnKindsAndLetThemGo() throws IOException {
        ShippedManifests shipped = new ShippedManifests(PROJECT);
        List<PolicyRule> everywhere = install().getClusterPermissions().get(0).getRules();
        List<PolicyRule> inNamespaces = install().getPermissions().get(0).getRules();

        assertThat(install().getClusterPermissions()).singleElement().satisfies(granted -> assertThat(
                        granted.getServiceAccountName())
                .isEqualTo("artifacts-operator"));
        assertThat(install().getPermissions()).hasSize(1);
        assertThat(Stream.concat(everywhere.stream(), inNamespaces.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(shipped.role().getRules().stream(), shipped.ownRole().getRules().stream())
                                .toList());
        assertThat(everywhere.stream().flatMap(rule -> rule.getResources().stream()))
                .containsExactlyInAnyOrder(
                        "workspaces", "mountsessions", "workspaces/status", "mountsessions/status", "namespaces");
    }

    @Test
    void theDefinitionsAreThoseThatAreShippedAndEveryFieldIsDescribed() throws IOException {
        for (Path crd : new ShippedManifests(PROJECT).crdFiles()) {
            assertThat(directory.resolve("manifests").resolve(crd.getFileName()))
                    .hasSameTextualContentAs(crd);
        }
        List<CRDDescription> owned =
                version.getSpec().getCustomresourcedefinitions().getOwned();
        assertThat(owned.stream().map(CRDDescription::getKind)).containsExactly("MountSession", "Workspace");
        assertThat(owned).allSatisfy(kind -> {
            assertThat(kind.getDescription()).isNotBlank();
            assertThat(kind.getStatusDescriptors())
                    .allSatisfy(field -> assertThat(field.getDescription()).isNotBlank());
        });
        assertThat(owned.get(1).getSpecDescriptors())
                .allSatisfy(field ->
                        assertThat(field.getDescription()).as(field.getPath()).isNotBlank())
                .filteredOn(field -> "storage.credentialsSecretRef.name".equals(field.getPath()))
                .singleElement()
                .extracting(SpecDescriptor::getDisplayName)
                .isEqualTo("Storage Credentials Secret Ref Name");
    }
}
