package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionAccount;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A namespace is deleted with a MountSession and its Workspace in it, or the MountSession alone; the operator is there, or
 * comes later. No Secret is left, and no session that could be revoked.
 */
class MountSessionNamespaceIT {
    private static World world;
    private static int stories;

    private final String name = "dying-" + ++stories;
    private final String namespace = world.cluster().newNamespace("dying-session");
    private final WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
            .token(world.token(name))
            .goodKeys()
            .bucket(name);
    private final SessionScene sessions = new SessionScene(workspaces);
    private final SessionAccount account = new SessionAccount(world, sessions, name, name);
    private final DyingNamespace dying = new DyingNamespace(workspaces.client(), namespace);
    private InProcessOperator operator;
    private MountSessionStatus before;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void aReadySession() {
        startOperator(0.05);
        workspaces.apply(name, name, spec -> spec.setDeletionPolicy(DeletionPolicy.RETAIN));
        workspaces.untilReady(name);
        sessions.apply(name, name, spec -> spec.setTtlSeconds(3600));
        before = sessions.untilReady(name).getStatus();
    }

    @AfterEach
    void end() {
        operator.close();
    }

    private void startOperator(double timeScale) {
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), timeScale, Set.of(namespace));
    }

    private void untilNamespaceIsGone() {
        dying.untilGone(() -> sessions.get(name));
    }

    private boolean lives() {
        return world.orchestrator()
                .admin()
                .session(before.getSessionId())
                .orElseThrow()
                .live();
    }

    private void isLeftToExpire() {
        assertThat(lives()).isTrue();
        assertThat(dying.lastWords(name)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("LeftToExpire");
            assertThat(event.getNote()).contains(before.getSessionId() + " at " + before.getExpiresAt());
        });
    }

    @Test
    void theSessionIsRevokedByTheTokenThatTheOperatorRemembers() {
        dying.delete();
        untilNamespaceIsGone();

        account.assertNothingLeft(name);
        assertThat(dying.lastWords(name))
                .anyMatch(event -> event.getReason().equals("Revoked")
                        && event.getRegarding().getKind().equals("MountSession"));
    }

    @Test
    void anOperatorThatComesLaterLetsGoAndSaysWhatLivesOn() {
        operator.close();
        dying.delete();
        dying.untilSecretsAreGone();

        startOperator(1);
        untilNamespaceIsGone();

        isLeftToExpire();
        assertThat(dying.secrets()).isEmpty();
    }

    @Test
    void anOutageHoldsTheNamespaceForABoundedTime() {
        operator.close();
        startOperator(0.005);
        world.orchestrator().stopListening();
        try {
            dying.delete();
            untilNamespaceIsGone();
        } finally {
            world.orchestrator().listen();
        }

        isLeftToExpire();
    }

    @Test
    void aDeletedSessionLeavesNothing() {
        sessions.delete(name);
        sessions.untilGone(name);

        account.assertNothingLeft(name);
    }

    @Test
    void aSessionThatIsDeletedBeforeTheOperatorComesLeavesNothing() {
        operator.close();
        sessions.delete(name);

        startOperator(0.05);
        sessions.untilGone(name);

        account.assertNothingLeft(name);
        assertThat(account.opened()).containsExactly(before.getSessionId());
    }
}
