package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
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
    private final DyingNamespace dying = new DyingNamespace(scene.client(), namespace);
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

    private void isLeftBehind(StoredWorkspace workspace, String reason) {
        assertThat(remote.live()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(workspace.id());
            assertThat(left.state()).isEqualTo(WorkspaceState.ACTIVE);
        });
        assertThat(dying.lastWords(name)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo(reason);
            assertThat(event.getNote()).contains(workspace.id(), "artifacts://" + name + "/" + name);
        });
    }

    @Test
    void theWorkspaceIsDeletedByTheTokenThatTheOperatorRemembers() {
        ready(DeletionPolicy.DELETE);

        dying.delete();
        dying.untilGone(() -> scene.get(name));

        remote.assertGone();
        assertThat(dying.lastWords(name)).extracting(Event::getReason).contains("Deleted");
    }

    @Test
    void anOperatorThatNeverSawTheTokenLetsGoAndSaysWhatIsLeft() {
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        operator.close();
        dying.delete();
        dying.untilSecretsAreGone();

        operator = operator(0.05);
        dying.untilGone(() -> scene.get(name));

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void aTokenThatIsNotGoodAnyMoreDoesNotHoldTheNamespace() {
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        world.orchestrator().admin().revokeToken(token);

        dying.delete();
        dying.untilGone(() -> scene.get(name));

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void anOutageHoldsTheNamespaceForABoundedTime() {
        operator.close();
        operator = operator(0.005);
        StoredWorkspace workspace = ready(DeletionPolicy.DELETE);
        world.orchestrator().stopListening();
        try {
            dying.delete();
            dying.untilGone(() -> scene.get(name));
        } finally {
            world.orchestrator().listen();
        }

        isLeftBehind(workspace, "LeftBehind");
    }

    @Test
    void whatIsToBeRetainedStays() {
        StoredWorkspace workspace = ready(DeletionPolicy.RETAIN);

        dying.delete();
        dying.untilGone(() -> scene.get(name));

        isLeftBehind(workspace, "Retained");
    }
}
