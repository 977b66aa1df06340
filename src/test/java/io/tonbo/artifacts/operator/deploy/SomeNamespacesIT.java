package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.AuditEvent;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The operator in some namespaces only, as docs/install.md has it: its ClusterRole is bound in these and in its own, and in the
 * cluster it may list Workspaces. It does all that it does elsewhere, and asks for nothing else.
 */
class SomeNamespacesIT {
    private static final String KIND = "ClusterRole";

    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final World world = World.start();
    private final String account = "some-namespaces-" + System.nanoTime();
    private final List<HasMetadata> made = new ArrayList<>();
    private final WorkspaceScene one = scene("team-a");
    private final WorkspaceScene other = scene("team-b");
    private final SessionScene sessions = new SessionScene(one);
    private final ConsumerScene consumers = new ConsumerScene(one.client(), one.namespace());
    private InProcessOperator operator;

    private WorkspaceScene scene(String team) {
        return new WorkspaceScene(world, cluster.newNamespace(team))
                .token(world.token(team))
                .goodKeys()
                .bucket(team);
    }

    @BeforeEach
    void start() {
        make(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName(account)
                .endMetadata()
                .build());
        List.of(one.namespace(), other.namespace(), KubeCluster.OPERATOR_NAMESPACE)
                .forEach(this::bindIn);
        bindEverywhereToListWorkspaces();
        operator = InProcessOperator.start(
                cluster.restrictedKubeconfig(KubeCluster.OPERATOR_NAMESPACE, account)
                        .newClient(),
                world.environment(),
                0.02,
                Set.of(one.namespace(), other.namespace()));
    }

    private void make(HasMetadata manifest) {
        made.add(cluster.adminClient().resource(manifest).create());
    }

    private void bindIn(String namespace) {
        make(new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(account)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", KIND, KubeCluster.OPERATOR_NAME)
                .addNewSubject("", "ServiceAccount", account, KubeCluster.OPERATOR_NAMESPACE)
                .build());
    }

    private void bindEverywhereToListWorkspaces() {
        make(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(account)
                .endMetadata()
                .addNewRule()
                .withApiGroups("artifacts.tonbo.io")
                .withResources("workspaces")
                .withVerbs("list")
                .endRule()
                .build());
        make(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(account)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", KIND, account)
                .addNewSubject("", "ServiceAccount", account, KubeCluster.OPERATOR_NAMESPACE)
                .build());
    }

    @AfterEach
    void stop() {
        consumers.close();
        operator.close();
        world.close();
        made.forEach(object -> cluster.adminClient().resource(object).delete());
    }

    private List<AuditEvent> asked() {
        String user = "system:serviceaccount:" + KubeCluster.OPERATOR_NAMESPACE + ":" + account;
        return cluster.auditEvents().stream()
                .filter(event -> event.user().equals(user))
                .toList();
    }

    private void livesItsLife() {
        one.apply("files", "team-a", spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
        one.untilReady("files");
        consumers.deployment("web", "files");
        sessions.apply("files", "files", spec -> {
            spec.setTtlSeconds(7200);
            spec.setRolloutRestartTargets(List.of(new WorkloadReference("Deployment", "web")));
        });
        String first = sessions.untilReady("files").getStatus().getSessionId();
        sessions.renew("files");
        String second = sessions.untilReplaced("files", first).getStatus().getSessionId();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(consumers.stamp("Deployment", "web", "files"))
                        .hasValue(second));
    }

    @Test
    void bothKindsLiveTheirLivesAndNothingElseIsAskedFor() {
        livesItsLife();
        sessions.delete("files");
        sessions.untilGone("files");
        one.delete("files");
        one.untilGone("files");

        assertThat(asked())
                .isNotEmpty()
                .noneMatch(AuditEvent::forbidden)
                .filteredOn(event -> !Set.of(one.namespace(), other.namespace(), KubeCluster.OPERATOR_NAMESPACE)
                        .contains(event.namespace()))
                .extracting(event -> event.verb() + " " + event.resource())
                .containsOnly("list workspaces");

        // With a namespace go the operator's rights in it: what it is to let go, it has let go before.
        DyingNamespace gone = new DyingNamespace(one.client(), one.namespace());
        gone.delete();
        gone.untilGone(sessions::names);

        other.apply("files", "team-b");
        other.untilReady("files");
        assertThat(operator.blind()).isNotDone();
    }
}
