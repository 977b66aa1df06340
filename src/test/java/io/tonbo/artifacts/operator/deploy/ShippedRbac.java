package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The roles that are shipped, and who is bound to them.
 *
 * @param manifests all that is shipped; what is no part of RBAC does not matter
 */
record ShippedRbac(List<HasMetadata> manifests) {
    /** Where they are. */
    static final Path DIRECTORY = ProjectRoot.find().resolve("deploy/rbac");

    private static final String KIND = "ServiceAccount";

    /**
     * @return all of {@code deploy/rbac}
     */
    static ShippedRbac inDeploy() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            List<HasMetadata> manifests = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                manifests.addAll(parsed(Files.readString(file)));
            }
            return new ShippedRbac(manifests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param yaml one document or several
     * @return the objects in it
     */
    static List<HasMetadata> parsed(String yaml) {
        Object content = new KubernetesSerialization().unmarshal(yaml);
        List<?> documents = content instanceof List<?> several ? several : List.of(content);
        return documents.stream()
                .filter(HasMetadata.class::isInstance)
                .map(HasMetadata.class::cast)
                .toList();
    }

    /**
     * @return the rules of every role, whoever is bound to it
     */
    List<PolicyRule> rules() {
        return manifests.stream().flatMap(manifest -> rules(manifest).stream()).toList();
    }

    /**
     * @return what the operator may do by the roles that it is bound to
     */
    List<Permission> permissions() {
        return operatorsRoles().stream()
                .flatMap(role -> permissions(role).stream())
                .toList();
    }

    /**
     * @param role a Role or ClusterRole
     * @return what it grants
     */
    static List<Permission> permissions(HasMetadata role) {
        String where = role instanceof Role ? role.getMetadata().getNamespace() : "";
        return Permission.of(where, rules(role));
    }

    /**
     * @return the Roles and ClusterRoles that the operator is bound to
     */
    List<HasMetadata> operatorsRoles() {
        return manifests.stream()
                .filter(manifest -> !rules(manifest).isEmpty())
                .filter(role -> operatorsBindings().stream().anyMatch(binding -> binds(binding, role)))
                .toList();
    }

    /**
     * @return the RoleBindings and ClusterRoleBindings that bind it
     */
    List<HasMetadata> operatorsBindings() {
        return manifests.stream()
                .filter(manifest -> subjects(manifest).stream().anyMatch(ShippedRbac::isOperator))
                .toList();
    }

    /**
     * @param manifest any object
     * @return whom it binds
     */
    static List<Subject> subjects(HasMetadata manifest) {
        if (manifest instanceof ClusterRoleBinding binding) {
            return binding.getSubjects();
        }
        return manifest instanceof RoleBinding binding ? binding.getSubjects() : List.of();
    }

    private static boolean isOperator(Subject subject) {
        return KIND.equals(subject.getKind())
                && KubeCluster.OPERATOR_NAMESPACE.equals(subject.getNamespace())
                && KubeCluster.OPERATOR_NAME.equals(subject.getName());
    }

    private static boolean binds(HasMetadata binding, HasMetadata role) {
        RoleRef reference = binding instanceof ClusterRoleBinding everywhere
                ? everywhere.getRoleRef()
                : ((RoleBinding) binding).getRoleRef();
        boolean reachable = role instanceof ClusterRole
                || role.getMetadata()
                        .getNamespace()
                        .equals(binding.getMetadata().getNamespace());
        return reachable
                && reference.getKind().equals(role.getKind())
                && reference.getName().equals(role.getMetadata().getName());
    }

    private static List<PolicyRule> rules(HasMetadata manifest) {
        if (manifest instanceof ClusterRole role) {
            return role.getRules();
        }
        return manifest instanceof Role role ? role.getRules() : List.of();
    }
}
