package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator may do, written down a second time: every new permission is a decision here, too. */
class OperatorRbacTest {
    private final ShippedRbac shipped = ShippedRbac.inDeploy();

    @Test
    void itMayDoThisAndNoMore() {
        assertThat(shipped.permissions())
                .extracting(Permission::toString)
                .containsExactlyInAnyOrder(
                        "get workspaces.artifacts.tonbo.io",
                        "list workspaces.artifacts.tonbo.io",
                        "watch workspaces.artifacts.tonbo.io",
                        "patch workspaces.artifacts.tonbo.io",
                        "patch workspaces.artifacts.tonbo.io/status",
                        "get mountsessions.artifacts.tonbo.io",
                        "list mountsessions.artifacts.tonbo.io",
                        "watch mountsessions.artifacts.tonbo.io",
                        "patch mountsessions.artifacts.tonbo.io",
                        "patch mountsessions.artifacts.tonbo.io/status",
                        "get secrets",
                        "create secrets",
                        "update secrets",
                        "delete secrets",
                        "create events.events.k8s.io",
                        "get namespaces",
                        "list pods",
                        "get deployments.apps",
                        "patch deployments.apps",
                        "get statefulsets.apps",
                        "patch statefulsets.apps",
                        "get daemonsets.apps",
                        "patch daemonsets.apps",
                        "create leases.coordination.k8s.io in artifacts-system",
                        "get leases.coordination.k8s.io in artifacts-system",
                        "patch leases.coordination.k8s.io in artifacts-system");
    }

    @Test
    void ofLeasesItMayChangeItsOwnAlone() {
        assertThat(shipped.permissions())
                .filteredOn(permission -> permission.plural().equals("leases"))
                .filteredOn(permission -> !permission.verb().equals("create"))
                .isNotEmpty()
                .allSatisfy(permission -> assertThat(permission.names()).containsExactly("artifacts-operator"));
    }

    @Test
    void secretsAreNeverListedAndNothingIsAWildcard() {
        assertThat(shipped.rules()).isNotEmpty().allSatisfy(rule -> assertThat(RbacReview.objections(rule))
                .isEmpty());
    }

    @Test
    void whatIsBoundIsTheOperatorAndNobodyElse() {
        assertThat(shipped.manifests())
                .filteredOn(manifest -> manifest instanceof ClusterRoleBinding || manifest instanceof RoleBinding)
                .isNotEmpty()
                .containsExactlyElementsOf(shipped.operatorsBindings())
                .allSatisfy(binding -> assertThat(ShippedRbac.subjects(binding))
                        .extracting(Subject::getName)
                        .hasSize(1));
    }

    @Test
    void whatBindsItEverywhereCanBeLeftOut() throws IOException {
        List<HasMetadata> everywhere =
                ShippedRbac.parsed(Files.readString(ShippedRbac.DIRECTORY.resolve("watch-everywhere.yaml")));

        assertThat(everywhere).singleElement().isInstanceOf(ClusterRoleBinding.class);
        assertThat(ShippedRbac.DIRECTORY.resolve("operator.yaml")).content().doesNotContain("kind: ClusterRoleBinding");
    }

    @Test
    void theGuardSpeaksOfThisServiceAccount() {
        assertThat(shipped.manifests())
                .filteredOn(ValidatingAdmissionPolicy.class::isInstance)
                .hasSize(3)
                .allSatisfy(policy -> assertThat(
                                ((ValidatingAdmissionPolicy) policy).getSpec().getMatchConditions())
                        .singleElement()
                        .satisfies(condition -> assertThat(condition.getExpression())
                                .isEqualTo("request.userInfo.username =="
                                        + " 'system:serviceaccount:artifacts-system:artifacts-operator'")));
    }
}
