package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A namespace is deleted with a Workspace in it. Its Secrets go first, and no event can be made in it any more; the
 * namespace ends all the same, and nobody is left in the dark.
 */
class WorkspaceNamespaceIT {
    private static World world;
    private static int stories;

    private final String namespace = world.cluster().newNamespace("dying");
    private final String name = "dying-" + ++stories;
    private final String token = world.token(name);
    private final RemoteState remote = new RemoteState(world, name, name);
    private final WorkspaceScene scene =
            new WorkspaceScene(world, namespace).token(token).goodKeys().bucket(name);
    private InProcessOperator operator = operator(0.05);

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void end() {
        operator.close();
    }

    private InProcessOperator operator(double timeScale) {
        return InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), timeScale, Set.of(namespace));
    }

    private StoredWorkspace ready(DeletionPolicy policy) {
        scene.apply(name, name, spec -> spec.setDeletionPolicy(policy));
        return remote.assertFormattedOnceBy(scene.untilReady(name));
    }

    private void deleteNamespace() {
        scene.client().namespaces().withName(namespace).delete();
    }

    private void untilNamespaceIsGone() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(
                                scene.client().namespaces().withName(namespace).get())
                        .as(() -> "the namespace; its Workspace is " + scene.get(name))
                        .isNull());
    }

    /** What is said about the Workspace in the operator's own namespace. */
    private List<Event> lastWords() {
        return scene
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getRegarding() != null
                        && name.equals(event.getRegarding().getName())
                        && namespace.equals(event.getRegarding().getNamespace()))
                .toList();
    }

    private void isLeftBehind(StoredWorkspace workspace, String reason) {
        assertThat(remote.live()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(workspace.id());
            assertThat(left.state()).isEqualTo(WorkspaceState.ACTIVE);
        });
        assertThat(lastWords()).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo(reason);
            assertThat(event.getNote()).contains(workspace.id(), "artifacts://" + name + "/" + name);
        });
    }

    @Test
    void theWorkspaceIsDeletedByTheTokenThatTheOperatorRemembers() {
        ready(DeletionPolicy.DELETE);

        deleteNamespace();
        untilNamespaceIsGone();

        remote.assertGone();
        assertThat(lastWords()).extracting(Event::getReason).contains("Deleted");
    }

    @Test
    void anOperatorThatNeverSawTheTokenLetsGoAndSaysWhatIsLeft() {
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        operator.close();
        deleteNamespace();
        await().atMost(Duration.ofSeconds(30)).until(() -> scene.client()
                .secrets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .isEmpty());

        operator = operator(0.05);
        untilNamespaceIsGone();

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void aTokenThatIsNotGoodAnyMoreDoesNotHoldTheNamespace() {
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        world.orchestrator().admin().revokeToken(token);

        deleteNamespace();
        untilNamespaceIsGone();

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void anOutageHoldsTheNamespaceForABoundedTime() {
        operator.close();
        operator = operator(0.005);
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        world.orchestrator().stopListening();
        try {
            deleteNamespace();
            untilNamespaceIsGone();
        } finally {
            world.orchestrator().listen();
        }

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void whatIsToBeRetainedStays() {
        StoredWorkspace workspace = ready(DeletionPolicy.RETAIN);

        deleteNamespace();
        untilNamespaceIsGone();

        isLeftBehind(workspace, "Retained");
    }
}
