package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.testing.EffectTap;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SessionAccount;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A Workspace that is Ready, whose MountSessions' operators are tapped at every effect. Operators come and go. */
final class SessionStage implements AutoCloseable {
    static final String HANDLE = "ada";
    static final String WORKSPACE = "files";
    static final double TIME_SCALE = 0.05;

    private final World world = World.start();
    private final KubeApiProxy kube = KubeApiProxy.inFrontOf(world.cluster());
    private final EffectTap tap = new EffectTap(world, kube);
    private final String namespace;
    private final WorkspaceScene workspaces;
    private final SessionScene sessions;
    private final SessionAccount account;

    /**
     * @param name what its namespace begins with
     */
    SessionStage(String name) {
        namespace = world.cluster().newNamespace(name);
        workspaces = new WorkspaceScene(world, namespace)
                .token(world.token(HANDLE))
                .goodKeys()
                .bucket(WORKSPACE);
        sessions = new SessionScene(workspaces);
        account = new SessionAccount(world, sessions, HANDLE, WORKSPACE);
        workspaces.apply(WORKSPACE, WORKSPACE);
        InProcessOperator first = operator();
        workspaces.untilReady(WORKSPACE);
        first.close();
    }

    World world() {
        return world;
    }

    KubeApiProxy kube() {
        return kube;
    }

    EffectTap tap() {
        return tap;
    }

    String namespace() {
        return namespace;
    }

    WorkspaceScene workspaces() {
        return workspaces;
    }

    SessionScene sessions() {
        return sessions;
    }

    SessionAccount account() {
        return account;
    }

    /** Nothing but the MountSession in question is to move. */
    Map<String, String> environment() {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1H");
        return env;
    }

    InProcessOperator operator() {
        return operator(TIME_SCALE);
    }

    InProcessOperator operator(double timeScale) {
        return InProcessOperator.start(
                SharedKubeCluster.operator().via(kube.url()).newClient(), environment(), timeScale, Set.of(namespace));
    }

    /** A story begins, undisturbed and with nothing left of the one before. */
    void begin() {
        world.orchestrator().faults().clear();
        world.orchestrator().behaviour().honoursIdempotencyKeys(true);
        tap.restart();
        account.begin();
    }

    @Override
    public void close() {
        tap.close();
        kube.close();
        world.close();
    }
}
