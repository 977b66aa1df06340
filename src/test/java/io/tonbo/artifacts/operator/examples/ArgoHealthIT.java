package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The health checks for Argo CD on live objects, in the states that a sync must tell apart. */
class ArgoHealthIT {
    private static World world;
    private static GitOpsTool argo;
    private static ArgoHealth checks;
    private static String namespace;
    private static WorkspaceScene workspaces;
    private static SessionScene sessions;
    private static int stories;

    private final String name = "health-" + ++stories;
    private InProcessOperator operator;

    @BeforeAll
    static void start() {
        world = World.start();
        argo = new GitOpsTool(world.cluster(), "argocd-controller");
        checks = ArgoHealth.by(argo.read(ProjectRoot.find().resolve("examples/gitops/argo/argocd-cm.yaml")));
        namespace = world.cluster().newNamespace("argo-health");
        workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("team-data");
        sessions = new SessionScene(workspaces);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void stopOperator() {
        if (operator != null) {
            operator.close();
        }
    }

    private void operate() {
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
    }

    private void assertWorkspace(String status, String message) {
        assertHealth(live("workspace"), status, message);
    }

    private void assertSession(String status, String message) {
        assertHealth(live("mountsession"), status, message);
    }

    private ObjectNode live(String kind) {
        return (ObjectNode) argo.live(kind, namespace, name);
    }

    private static void assertHealth(JsonNode object, String status, String message) {
        ArgoHealth.Health health = checks.of(object);
        assertThat(health.status()).as(health.message()).isEqualTo(status);
        assertThat(health.message()).contains(message);
    }

    @Test
    void whatNobodyHasLookedAtYetIsProgressing() {
        workspaces.apply(name, "team-data");
        sessions.apply(name, name);

        assertWorkspace("Progressing", "Waiting for the operator");
        assertSession("Progressing", "Waiting for the operator");

        ObjectNode withoutStatus = live("workspace");
        withoutStatus.remove("status");
        assertHealth(withoutStatus, "Progressing", "Waiting for the operator");
    }

    @Test
    void whatIsReadyIsHealthyUntilItsSpecChanges() {
        operate();
        workspaces.apply(name, "team-data");
        sessions.apply(name, name);
        workspaces.untilReady(name);
        sessions.untilReady(name);

        assertWorkspace("Healthy", "Active: artifacts://ada/" + name);
        assertSession("Healthy", "CredentialPublished: Secret " + name);

        operator.close();
        operator = null;
        sessions.edit(name, spec -> spec.setTtlSeconds(7200));
        assertSession("Progressing", "Waiting for the operator");
    }

    @Test
    void aMistakeIsDegradedAndWhatItKeepsWaitingIsProgressing() {
        operate();
        workspaces.apply(name, "there-is-no-such-bucket");
        sessions.apply(name, name);

        workspaces.untilStalled(name, "BucketNotFound");
        assertWorkspace("Degraded", "BucketNotFound: There is no bucket");
        sessions.until(name, "Ready", ConditionStatus.FALSE, "WorkspaceNotReady");
        assertSession("Progressing", "WorkspaceNotReady: ");
    }

    @Test
    void whatWaitsForItsSecretIsProgressingFirst() {
        operate();
        workspaces.apply(
                name, "team-data", spec -> spec.getConnectionSecretRef().setName("comes-later"));

        workspaces.untilReconciling(name, "ConnectionSecretMissing");
        assertWorkspace("Progressing", "ConnectionSecretMissing: ");
    }

    @Test
    void whatIsSuspendedIsSuspended() {
        operate();
        workspaces.apply(name, "team-data", spec -> spec.setSuspend(true));

        await().atMost(Duration.ofSeconds(30)).until(() -> workspaces
                .condition(name, "Ready")
                .filter(ready -> ready.getReason().equals("Suspended"))
                .isPresent());
        assertWorkspace("Suspended", "Suspended: ");
    }

    @Test
    void whatIsBeingDeletedIsProgressing() {
        operate();
        workspaces.apply(name, "team-data");
        sessions.apply(name, name);
        sessions.untilReady(name);

        workspaces.delete(name);

        assertWorkspace("Progressing", "Pending deletion");
        sessions.delete(name);
        workspaces.untilGone(name);
    }
}
