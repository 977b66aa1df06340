package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code deploy} as a base of Kustomize, and the overlays that the examples have, by the real kubectl. */
class KustomizeIT {
    private static final Path ROOT = ProjectRoot.find();
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path OVERLAY = ROOT.resolve("examples/kustomize/operator");
    private static final Path IN_SOME_NAMESPACES = ROOT.resolve("examples/kustomize/some-namespaces");
    private static final Path DEPLOYMENT = DEPLOY.resolve("operator/deployment.yaml");
    private static final String UPDATE =
            "./mvnw -B verify -Dsurefire.skip=true -Dit.test=KustomizeIT -Dartifacts.regenerate";

    /** CRDs and permissions are there for all tests, by another field manager. */
    private static final String FROM_ANOTHER_HAND = " --force-conflicts";

    /** With a definition that Flux or Argo CD prunes, every object of its kind would go. */
    private static final Map<String, String> NEVER_PRUNED =
            Map.of("kustomize.toolkit.fluxcd.io/prune", "disabled", "argocd.argoproj.io/sync-options", "Prune=false");

    private static KubeCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SharedKubeCluster.cluster();
    }

    @AfterEach
    void tidyUp() {
        deployment().delete();
    }

    private static Resource<Deployment> deployment() {
        return cluster.adminClient()
                .apps()
                .deployments()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName("artifacts-operator");
    }

    private static List<HasMetadata> build(Path directory) {
        String built = kubectl("kustomize", directory.toString()).orFail();
        return documents(built);
    }

    private static List<HasMetadata> documents(String yaml) {
        Object content = new KubernetesSerialization().unmarshal(yaml);
        Collection<?> all = content instanceof Collection<?> several ? several : List.of(content);
        return all.stream().map(HasMetadata.class::cast).toList();
    }

    /** In the project's directory. */
    private static Kubectl.Result typed(String command) {
        String[] words = command.split(" ", -1);
        return kubectl(Arrays.copyOfRange(words, 1, words.length));
    }

    private static Kubectl.Result kubectl(String... arguments) {
        return cluster.kubectlAs(cluster.adminKubeconfig()).run(arguments);
    }

    private static <T> T only(List<HasMetadata> objects, Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    assertThat(found).hasSize(1);
                    return found.get(0);
                }));
    }

    private static Map<String, String> environment(List<HasMetadata> objects) {
        return only(objects, Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom() == null ? variable.getValue() : "artifacts-operator-0"));
    }

    @Test
    void theBaseIsAllOfAnInstallation() throws IOException {
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.copy(ROOT.resolve("examples/operator.yaml"), DEPLOYMENT, StandardCopyOption.REPLACE_EXISTING);
        }
        List<Path> sources = new ArrayList<>(List.of(ROOT.resolve("examples/operator.yaml")));
        for (String directory : List.of("crds", "rbac")) {
            try (Stream<Path> files = Files.list(DEPLOY.resolve(directory))) {
                sources.addAll(files.toList());
            }
        }
        Set<HasMetadata> installed = new HashSet<>();
        for (Path source : sources) {
            installed.addAll(documents(Files.readString(source)));
        }
        installed.stream().filter(CustomResourceDefinition.class::isInstance).forEach(kind -> kind.getMetadata()
                .setAnnotations(NEVER_PRUNED));

        assertThat(Set.copyOf(build(DEPLOY)))
                .as(
                        "deploy/kustomization.yaml names each file, and %s is examples/operator.yaml: %s",
                        DEPLOYMENT, UPDATE)
                .isEqualTo(installed);
    }

    @Test
    void theBaseIsAppliedAndChangesNothingTheNextTime() {
        typed("kubectl apply --server-side -k deploy" + FROM_ANOTHER_HAND).orFail();

        assertThat(deployment().get()).isNotNull();
        Kubectl.Result again = typed("kubectl diff --server-side -k deploy");
        assertThat(again.output()).isEmpty();
        assertThat(again.exitCode()).as(again.errors()).isZero();
    }

    @Test
    void anOverlayPutsInWhatIsTheUsers() {
        List<HasMetadata> base = build(DEPLOY);
        List<HasMetadata> overlay = build(OVERLAY);

        assertThat(overlay)
                .filteredOn(object -> !(object instanceof Deployment))
                .containsExactlyInAnyOrderElementsOf(base.stream()
                        .filter(object -> !(object instanceof Deployment))
                        .toList());
        OperatorSettings settings = OperatorSettings.from(environment(overlay), null);
        assertThat(settings.tokenFile()).isNull();
        assertThat(environment(overlay))
                .containsEntry("ARTIFACTS_ORCHESTRATOR_URL", "https://orchestrator.team.example.com");
        assertThat(only(overlay, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("registry.example.com/mirror/artifacts-operator:0.1.0");

        typed("kubectl apply --server-side -k examples/kustomize/operator" + FROM_ANOTHER_HAND)
                .orFail();
        assertThat(environment(List.of(deployment().get()))).isEqualTo(environment(overlay));
    }

    private static List<String> ofItsOwnNamespace(List<HasMetadata> objects) {
        assertThat(objects)
                .filteredOn(RoleBinding.class::isInstance)
                .map(RoleBinding.class::cast)
                .filteredOn(binding -> binding.getMetadata().getNamespace().equals(KubeCluster.OPERATOR_NAMESPACE))
                .allMatch(binding -> binding.getRoleRef().getKind().equals("Role"));
        return objects.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .flatMap(role -> role.getRules().stream())
                .map(rule -> String.join(",", rule.getVerbs()) + " " + String.join(",", rule.getResources()))
                .toList();
    }

    @Test
    void anOperatorOfSomeNamespacesHasRightsThereOnly() {
        List<HasMetadata> overlay = build(IN_SOME_NAMESPACES);

        Set<String> bound = overlay.stream()
                .filter(RoleBinding.class::isInstance)
                .map(RoleBinding.class::cast)
                .filter(binding -> binding.getRoleRef().getKind().equals("ClusterRole"))
                .map(binding -> binding.getMetadata().getNamespace())
                .collect(Collectors.toSet());
        assertThat(bound)
                .containsExactlyInAnyOrder(environment(overlay)
                        .get("QUARKUS_OPERATOR_SDK_NAMESPACES")
                        .split(",", -1));
        assertThat(ofItsOwnNamespace(overlay))
                .containsExactlyInAnyOrder("create leases", "get,patch leases", "create events");
        ClusterRoleBinding everywhere = only(overlay, ClusterRoleBinding.class);
        ClusterRole role = overlay.stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .filter(each -> each.getMetadata()
                        .getName()
                        .equals(everywhere.getRoleRef().getName()))
                .findFirst()
                .orElseThrow();
        assertThat(role.getRules().stream().flatMap(rule -> rule.getResources().stream()))
                .containsExactlyInAnyOrder(
                        "workspaces", "mountsessions", "workspaces/status", "mountsessions/status", "namespaces");
    }
}
