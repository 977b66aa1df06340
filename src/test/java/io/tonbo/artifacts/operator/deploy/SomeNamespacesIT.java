package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
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
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The operator in some namespaces only, with exactly the rights that the chart gives it then: Roles in these and in its own, and
 * in the cluster its own two kinds. It does all that it does elsewhere, and asks for nothing else.
 */
class SomeNamespacesIT {
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
        install();
        begin();
    }

    private void begin() {
        operator = InProcessOperator.start(
                cluster.restrictedKubeconfig(KubeCluster.OPERATOR_NAMESPACE, account)
                        .newClient(),
                world.environment(),
                0.02,
                Set.of(one.namespace(), other.namespace()));
    }

    /** Of the chart what gives rights, and to whom. */
    private void install() {
        Rendered rendered = Chart.render(
                Chart.MINIMAL,
                "--set=fullnameOverride=" + account,
                "--set=watch.namespaces={" + one.namespace() + "," + other.namespace() + "}");
        for (HasMetadata object : rendered.objects()) {
            boolean rights =
                    object.getApiVersion().startsWith("rbac.authorization.k8s.io/") || object instanceof ServiceAccount;
            if (rights) {
                made.add(cluster.adminClient().resource(object).create());
            }
        }
        assertThat(made).extracting(HasMetadata::getKind).contains("ClusterRole", "Role", "ServiceAccount");
    }

    @AfterEach
    void stop() {
        consumers.close();
        operator.close();
        world.close();
        made.forEach(object -> cluster.adminClient().resource(object).delete());
    }

    /** With a namespace on its list that is gone. */
    private void restart() {
        operator.close();
        begin();
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

        other.apply("files", "team-b");
        other.untilReady("files");
        assertThat(operator.blind()).isNotDone();
    }

    @Test
    void aNamespaceThatIsDeletedLosesItsRolesAndYetComesToItsEnd() {
        livesItsLife();
        // What the namespace's own end does at a time of its choosing is done first.
        made.stream()
                .filter(object -> one.namespace().equals(object.getMetadata().getNamespace()))
                .forEach(object -> cluster.adminClient().resource(object).delete());
        DyingNamespace dying = new DyingNamespace(one.client(), one.namespace());
        dying.delete();
        dying.untilGone(sessions::names);
        assertThat(world.orchestrator().calls().count(Operation.CLOSE_SESSION))
                .as("both sessions are revoked")
                .isEqualTo(2);
        assertThat(world.orchestrator().calls().count(Operation.DELETE, "files"))
                .isPositive();

        other.apply("files", "team-b");
        other.untilReady("files");
        restart();
        other.apply("after", "team-b");
        other.untilReady("after");
        assertThat(operator.blind()).isNotDone();
    }
}
