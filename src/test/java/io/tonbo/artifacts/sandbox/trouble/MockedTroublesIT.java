package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ObjectHistory;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every trouble that the mock server has what it takes for, provoked there: its reason is shown as with the real one. */
class MockedTroublesIT {
    private static final String NAMESPACE = "default";
    private static final double TIME_SCALE = 0.05;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static AllAtOnce cases;
    private static MockKubernetes kubernetes;
    private static World world;
    private static InProcessOperator operator;
    private static ObjectHistory<Workspace> workspaces;
    private static ObjectHistory<MountSession> sessions;
    private static TroubleDesk desk;

    @BeforeAll
    static void start() {
        cases = new AllAtOnce();
        kubernetes = MockKubernetes.start(directory);
        kubernetes.create(ProjectRoot.find().resolve("deploy/crds"));
        world = World.start();
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.put("ARTIFACTS_POLL_INTERVAL", "PT10S");
        operator = InProcessOperator.start(
                kubernetes.kubeconfig().newClient(), environment, TIME_SCALE, Set.of(NAMESPACE));
        workspaces = new ObjectHistory<>(kubernetes.client(), Workspace.class, NAMESPACE);
        sessions = new ObjectHistory<>(kubernetes.client(), MountSession.class, NAMESPACE);
        desk = new TroubleDesk(new SandboxParts(
                kubernetes.client(), false, NAMESPACE, world.orchestrator(), world.s3(), world.redis()));
    }

    @AfterAll
    static void stop() {
        cases.close();
        desk.close();
        operator.close();
        workspaces.close();
        sessions.close();
        world.close();
        kubernetes.close();
    }

    @TestFactory
    Stream<DynamicTest> isShown() {
        List<Trouble> possible = Troubles.all().stream()
                .filter(trouble -> desk.obstacle(trouble.id()).isEmpty())
                .toList();
        assertThat(possible).hasSize(Troubles.all().size() - 1);
        return cases.played(possible, MockedTroublesIT::provoke);
    }

    private static void provoke(Trouble trouble) {
        desk.provoke(trouble.id());
        ObjectHistory<? extends CustomResource<?, ?>> history =
                trouble.subject() == Subject.WORKSPACE ? workspaces : sessions;
        history.awaitAny(
                trouble.id(),
                version -> shows(version, trouble),
                "showing " + trouble.row().reason(),
                PATIENCE);
        assertThat(desk.error(trouble.id())).isEmpty();
    }

    private static boolean shows(CustomResource<?, ?> version, Trouble trouble) {
        LastError error = Kstatus.lastError(version);
        return error != null && error.getReason().equals(trouble.row().reason());
    }
}
