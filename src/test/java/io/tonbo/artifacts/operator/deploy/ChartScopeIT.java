package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the operator works and what it may do there, as the values say. */
class ChartScopeIT {
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
    void allOfItCanBeElsewhereThanItsRelease() {
        Rendered rendered = Chart.render(
                Chart.values("everything"),
                "--set=namespaceOverride=elsewhere,watch.own=true",
                "--set-json=extraObjects=[]");

        assertThat(rendered.objects())
                .extracting(object -> object.getMetadata().getNamespace())
                .contains("elsewhere")
                .doesNotContain(Chart.NAMESPACE);
        assertThat(rendered.environment()).containsEntry("QUARKUS_OPERATOR_SDK_NAMESPACES", "elsewhere");
        assertThat(Serialization.asYaml(rendered.all(ValidatingAdmissionPolicy.class)))
                .contains("system:serviceaccount:elsewhere:tonbo")
                .doesNotContain(Chart.NAMESPACE);
    }

    /** Whatever the release is called. */
    @Test
    void whatComesFromElsewhereFitsWhatIsShippedForIt() {
        Rendered rendered = Chart.render(Chart.values("bare"), "--set=fullnameOverride=other");
        String lease = rendered.environment().get("ARTIFACTS_LEADER_ELECTION_LEASE");

        assertThat(ShippedRbac.inDeploy().manifests())
                .filteredOn(ServiceAccount.class::isInstance)
                .extracting(account -> account.getMetadata().getName())
                .containsExactly(rendered.operator().getServiceAccountName());
        assertThat(ShippedRbac.inDeploy().manifests())
                .filteredOn(Role.class::isInstance)
                .flatExtracting(role -> Rendered.permissions(((Role) role).getRules()))
                .contains("patch coordination.k8s.io/leases=" + lease);
        assertThat(Rendered.permissions(Chart.render(Chart.MINIMAL, "--set=leaderElection.lease=mine")
                        .the(Role.class)
                        .getRules()))
                .contains("patch coordination.k8s.io/leases=mine");
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
