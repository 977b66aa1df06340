package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the operator may do, written down a second time: every new permission is a decision here, too. */
class OperatorRbacTest {
    private static final Path RBAC = ProjectRoot.find().resolve("deploy/rbac");

    private final List<HasMetadata> manifests = manifests();

    @Test
    void everywhereItMayDoThisAndNoMore() {
        assertThat(manifests)
                .filteredOn(ClusterRole.class::isInstance)
                .singleElement()
                .satisfies(role -> assertThat(permissions(((ClusterRole) role).getRules()))
                        .containsExactlyInAnyOrder(
                                "get artifacts.tonbo.io/workspaces",
                                "list artifacts.tonbo.io/workspaces",
                                "watch artifacts.tonbo.io/workspaces",
                                "patch artifacts.tonbo.io/workspaces",
                                "patch artifacts.tonbo.io/workspaces/status",
                                "get artifacts.tonbo.io/mountsessions",
                                "list artifacts.tonbo.io/mountsessions",
                                "watch artifacts.tonbo.io/mountsessions",
                                "patch artifacts.tonbo.io/mountsessions",
                                "patch artifacts.tonbo.io/mountsessions/status",
                                "get /secrets",
                                "create /secrets",
                                "update /secrets",
                                "delete /secrets",
                                "create events.k8s.io/events",
                                "get /namespaces",
                                "list /pods",
                                "get apps/deployments",
                                "patch apps/deployments",
                                "get apps/statefulsets",
                                "patch apps/statefulsets",
                                "get apps/daemonsets",
                                "patch apps/daemonsets"));
    }

    @Test
    void inItsOwnNamespaceItMayBeElectedBesides() {
        assertThat(manifests).filteredOn(Role.class::isInstance).singleElement().satisfies(role -> assertThat(
                        ((Role) role).getRules())
                .extracting(rule -> permissions(List.of(rule)) + " " + rule.getResourceNames())
                .containsExactly(
                        "[create coordination.k8s.io/leases] []",
                        "[get coordination.k8s.io/leases, patch coordination.k8s.io/leases] [artifacts-operator]"));
    }

    @Test
    void secretsAreNeverListedAndNothingIsAWildcard() {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.getApiGroups()).doesNotContain("*");
            assertThat(rule.getResources()).noneMatch(resource -> resource.contains("*"));
            assertThat(rule.getVerbs()).doesNotContain("*", "escalate", "bind", "impersonate");
            assertThat(rule.getNonResourceURLs()).isEmpty();
            if (rule.getResources().contains("secrets")) {
                assertThat(rule.getVerbs()).doesNotContain("list", "watch", "patch", "deletecollection");
            }
        });
    }

    @Test
    void onlyItsOwnServiceAccountIsBound() {
        List<Subject> subjects = new ArrayList<>();
        for (HasMetadata manifest : manifests) {
            if (manifest instanceof ClusterRoleBinding binding) {
                subjects.addAll(binding.getSubjects());
            }
            if (manifest instanceof RoleBinding binding) {
                subjects.addAll(binding.getSubjects());
            }
        }
        assertThat(subjects).hasSize(2).allSatisfy(subject -> assertThat(
                        subject.getKind() + " " + subject.getNamespace() + "/" + subject.getName())
                .isEqualTo("ServiceAccount artifacts-system/artifacts-operator"));
    }

    @Test
    void whatBindsItEverywhereCanBeLeftOut() throws IOException {
        assertThat(RBAC.resolve("operator.yaml")).content().doesNotContain("kind: ClusterRoleBinding");
        assertThat(new KubernetesSerialization()
                        .<Object>unmarshal(Files.readString(RBAC.resolve("watch-everywhere.yaml"))))
                .isInstanceOf(ClusterRoleBinding.class);
    }

    private List<PolicyRule> rules() {
        List<PolicyRule> rules = new ArrayList<>();
        for (HasMetadata manifest : manifests) {
            if (manifest instanceof ClusterRole role) {
                rules.addAll(role.getRules());
            }
            if (manifest instanceof Role role) {
                rules.addAll(role.getRules());
            }
        }
        assertThat(rules).isNotEmpty();
        return rules;
    }

    private static List<String> permissions(List<PolicyRule> rules) {
        List<String> permissions = new ArrayList<>();
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    for (String verb : rule.getVerbs()) {
                        permissions.add(verb + " " + group + "/" + resource);
                    }
                }
            }
        }
        return permissions;
    }

    private static List<HasMetadata> manifests() {
        try (Stream<Path> files = Files.list(RBAC)) {
            KubernetesSerialization serialization = new KubernetesSerialization();
            List<HasMetadata> manifests = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                Object content = serialization.unmarshal(Files.readString(file));
                if (content instanceof List<?> several) {
                    several.forEach(one -> manifests.add((HasMetadata) one));
                } else {
                    manifests.add((HasMetadata) content);
                }
            }
            return manifests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
