package io.tonbo.artifacts.operator.deploy;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.kube.AuditEvent;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A ServiceAccount that may do what the operator may, by copies of the roles that are shipped, but for one permission. */
final class LesserOperator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient admin;
    private final ShippedRbac shipped;
    private final Permission missing;
    private final String name;
    private final Kubeconfig kubeconfig;
    private final List<HasMetadata> made = new ArrayList<>();

    /**
     * Makes it, and waits until the API server heeds its roles.
     *
     * @param cluster where
     * @param shipped what the operator may do
     * @param missing what this one may not
     * @param name its name, which nobody else has
     */
    LesserOperator(KubeCluster cluster, ShippedRbac shipped, Permission missing, String name) {
        this.admin = cluster.adminClient();
        this.shipped = shipped;
        this.missing = missing;
        this.name = name;
        try {
            kubeconfig = made(cluster);
            untilItMay(permission -> !permission.equals(missing));
        } catch (RuntimeException | Error e) {
            // Another try would find its name taken.
            close();
            throw e;
        }
    }

    private Kubeconfig made(KubeCluster cluster) {
        make(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName(name)
                .endMetadata()
                .build());
        shipped.operatorsRoles().forEach(role -> make(copy(role, missing)));
        shipped.operatorsBindings().forEach(binding -> make(copy(binding)));
        return cluster.restrictedKubeconfig(KubeCluster.OPERATOR_NAMESPACE, name);
    }

    Permission missing() {
        return missing;
    }

    Kubeconfig kubeconfig() {
        return kubeconfig;
    }

    private void make(HasMetadata manifest) {
        made.add(admin.resource(manifest).create());
    }

    private String nameOfCopy(HasMetadata original) {
        return original.getMetadata().getName() + "-" + name;
    }

    /** What is the operator's by its name, such as its Lease, is this one's by its own. */
    private Permission ofThisOne(Permission permission) {
        List<String> names = permission.names().stream()
                .map(each -> each.equals(KubeCluster.OPERATOR_NAME) ? name : each)
                .toList();
        return new Permission(permission.where(), permission.verb(), permission.group(), permission.resource(), names);
    }

    private HasMetadata copy(HasMetadata role, Permission without) {
        List<PolicyRule> rules = ShippedRbac.permissions(role).stream()
                .filter(permission -> !permission.equals(without))
                .map(this::ofThisOne)
                .map(Permission::rule)
                .toList();
        if (role instanceof ClusterRole) {
            return new ClusterRoleBuilder()
                    .withNewMetadata()
                    .withName(nameOfCopy(role))
                    .endMetadata()
                    .withRules(rules)
                    .build();
        }
        return new RoleBuilder((Role) role)
                .withNewMetadata()
                .withNamespace(role.getMetadata().getNamespace())
                .withName(nameOfCopy(role))
                .endMetadata()
                .withRules(rules)
                .build();
    }

    private HasMetadata copy(HasMetadata binding) {
        if (binding instanceof ClusterRoleBinding everywhere) {
            return new ClusterRoleBindingBuilder(everywhere)
                    .withNewMetadata()
                    .withName(nameOfCopy(binding))
                    .endMetadata()
                    .editRoleRef()
                    .withName(everywhere.getRoleRef().getName() + "-" + name)
                    .endRoleRef()
                    .editFirstSubject()
                    .withName(name)
                    .endSubject()
                    .build();
        }
        RoleBinding here = (RoleBinding) binding;
        return new RoleBindingBuilder(here)
                .withNewMetadata()
                .withNamespace(here.getMetadata().getNamespace())
                .withName(nameOfCopy(binding))
                .endMetadata()
                .editRoleRef()
                .withName(here.getRoleRef().getName() + "-" + name)
                .endRoleRef()
                .editFirstSubject()
                .withName(name)
                .endSubject()
                .build();
    }

    /** Gives it what is missing, and waits until the API server heeds that. */
    void isGivenItBack() {
        shipped.operatorsRoles()
                .forEach(role -> admin.resource(copy(role, null)).update());
        untilItMay(permission -> true);
    }

    /** The API server learns of roles and bindings a moment after they are made. */
    private void untilItMay(Predicate<Permission> which) {
        try (KubernetesClient client = kubeconfig.newClient()) {
            for (Permission permission : shipped.permissions()) {
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> may(client, ofThisOne(permission)) == which.test(permission));
            }
        }
    }

    private static boolean may(KubernetesClient client, Permission permission) {
        return client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(permission.where().isEmpty() ? "default" : permission.where())
                        .withVerb(permission.verb())
                        .withGroup(permission.group())
                        .withResource(permission.plural())
                        .withSubresource(permission.subresource())
                        .withName(permission.names().stream().findFirst().orElse(null))
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }

    /**
     * @return its name, and that of the Lease which is its own
     */
    String name() {
        return name;
    }

    /**
     * @return whose name its requests carry
     */
    String user() {
        return "system:serviceaccount:" + KubeCluster.OPERATOR_NAMESPACE + ":" + name;
    }

    /**
     * @param audited requests to the API server
     * @return what RBAC refused it, in the words of {@link Permission}
     */
    Set<String> refused(Collection<AuditEvent> audited) {
        Set<String> refused = new TreeSet<>();
        for (AuditEvent event : audited) {
            if (event.forbidden() && event.user().equals(user())) {
                String resource = event.resource() + (event.subresource().isEmpty() ? "" : "/" + event.subresource());
                refused.add(
                        new Permission(missing.where(), event.verb(), event.group(), resource, List.of()).toString());
            }
        }
        return refused;
    }

    /** Takes it and its roles away. */
    @Override
    public void close() {
        made.forEach(object -> admin.resource(object).delete());
    }
}
