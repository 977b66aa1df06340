package io.tonbo.artifacts.release.bundle;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersion;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersionBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersionSpec;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersionSpecBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.Icon;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.InstallMode;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.NamedInstallStrategyBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StrategyDeploymentPermissions;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StrategyDeploymentSpec;
import io.tonbo.artifacts.release.image.ImageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bundle for the Operator Lifecycle Manager, made of what is shipped otherwise: Deployment, permissions, CRDs, examples. Its
 * permissions are those of the namespaces it watches, which the manager widens to the cluster where an OperatorGroup names no
 * namespaces; for the cluster is only what the operator always needs there.
 */
public final class OperatorBundle {
    private static final String PACKAGE = "artifacts-operator";
    private static final String CHANNEL = "alpha";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String DESCRIPTION =
            """
            Tonbo Artifacts workspaces as Kubernetes resources. A `Workspace` is a filesystem whose data lives in a bucket of your
            own, kept true by the operator; a `MountSession` is access to one, as a Secret that is renewed before it runs out and
            revoked when you delete it. When something is wrong, `kubectl describe` says what happened and what to do about it.

            Your orchestrator's URL goes into the Subscription, as `ARTIFACTS_ORCHESTRATOR_URL` in `spec.config.env`: without it,
            the operator ends with a line that says so.
            """;

    private final ShippedManifests shipped;
    private final ImageSettings image;
    private final Publisher publisher;

    /**
     * @param project the project's root
     * @param image what the bundle installs
     * @param publisher who answers for it
     */
    public OperatorBundle(Path project, ImageSettings image, Publisher publisher) {
        this.shipped = new ShippedManifests(project);
        this.image = image;
        this.publisher = publisher;
    }

    /**
     * Writes {@code manifests} and {@code metadata}, over what is there.
     *
     * @param directory of the bundle
     * @throws IOException if a file cannot be read or written
     */
    public void write(Path directory) throws IOException {
        Path manifests = Files.createDirectories(directory.resolve("manifests"));
        for (Path crd : shipped.crdFiles()) {
            Files.writeString(manifests.resolve(crd.getFileName()), Files.readString(crd));
        }
        Files.writeString(manifests.resolve(PACKAGE + ".clusterserviceversion.yaml"), YAML.asYaml(serviceVersion()));
        Files.writeString(
                Files.createDirectories(directory.resolve("metadata")).resolve("annotations.yaml"), annotations());
    }

    private static String annotations() {
        return """
                annotations:
                  operators.operatorframework.io.bundle.mediatype.v1: registry+v1
                  operators.operatorframework.io.bundle.manifests.v1: manifests/
                  operators.operatorframework.io.bundle.metadata.v1: metadata/
                  operators.operatorframework.io.bundle.package.v1: %s
                  operators.operatorframework.io.bundle.channels.v1: %s
                  operators.operatorframework.io.bundle.channel.default.v1: %s
                """
                .formatted(PACKAGE, CHANNEL, CHANNEL);
    }

    private ClusterServiceVersion serviceVersion() throws IOException {
        return new ClusterServiceVersionBuilder()
                .withNewMetadata()
                .withName(PACKAGE + ".v" + image.version().toLowerCase(Locale.ROOT))
                .withNamespace("placeholder")
                .withAnnotations(Map.of(
                        "alm-examples", YAML.asJson(shipped.examples()),
                        "capabilities", "Seamless Upgrades",
                        "categories", "Storage",
                        "containerImage", image.name(),
                        "createdAt", image.created().toString(),
                        "description", "Tonbo Artifacts workspaces as Kubernetes resources",
                        "support", "Tonbo"))
                .endMetadata()
                .withSpec(spec())
                .build();
    }

    private ClusterServiceVersionSpec spec() throws IOException {
        return new ClusterServiceVersionSpecBuilder()
                .withDisplayName("Tonbo Artifacts Operator")
                .withDescription(DESCRIPTION)
                .withVersion(image.version())
                .withMaturity(CHANNEL)
                .withMinKubeVersion(shipped.oldestKubernetes())
                .withKeywords("tonbo", "artifacts", "juicefs", "filesystem", "storage")
                .withProvider(publisher.provider())
                .withLinks(publisher.links())
                .withMaintainers(publisher.maintainers())
                .withIcon(new Icon(Base64.getEncoder().encodeToString(shipped.icon()), "image/svg+xml"))
                .withInstallModes(Stream.of("OwnNamespace", "SingleNamespace", "MultiNamespace", "AllNamespaces")
                        .map(mode -> new InstallMode(true, mode))
                        .toList())
                .withNewCustomresourcedefinitions()
                .withOwned(shipped.crds().stream()
                        .map(crd -> new KindDescription(crd).toDescription())
                        .toList())
                .endCustomresourcedefinitions()
                .withInstall(new NamedInstallStrategyBuilder()
                        .withStrategy("deployment")
                        .withNewSpec()
                        .withDeployments(deployment())
                        .withPermissions(permissions(inNamespaces()))
                        .withClusterPermissions(permissions(everywhere()))
                        .endSpec()
                        .build())
                .build();
    }

    private StrategyDeploymentSpec deployment() throws IOException {
        Deployment example = shipped.deployment();
        return new StrategyDeploymentSpec(
                example.getMetadata().getLabels(), PACKAGE, ManagedDeployment.of(example, image.name()));
    }

    private StrategyDeploymentPermissions permissions(List<PolicyRule> rules) throws IOException {
        String account = shipped.deployment().getSpec().getTemplate().getSpec().getServiceAccountName();
        return new StrategyDeploymentPermissions(rules, account);
    }

    /**
     * In the whole cluster: of our own kinds and of namespaces. A namespace that is deleted loses its Roles, and its objects must
     * be let go all the same.
     */
    private List<PolicyRule> everywhere() throws IOException {
        return shipped.role().getRules().stream()
                .filter(OperatorBundle::isOfObjects)
                .toList();
    }

    /** The manager knows no difference between the operator's own namespace and those that it watches. */
    private List<PolicyRule> inNamespaces() throws IOException {
        List<PolicyRule> rules = new ArrayList<>(shipped.role().getRules());
        rules.removeIf(OperatorBundle::isOfObjects);
        rules.addAll(shipped.ownRole().getRules());
        return rules;
    }

    private static boolean isOfObjects(PolicyRule rule) {
        return rule.getApiGroups().contains("artifacts.tonbo.io")
                || rule.getResources().contains("namespaces");
    }
}
