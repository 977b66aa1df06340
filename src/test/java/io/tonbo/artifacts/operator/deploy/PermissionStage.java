package io.tonbo.artifacts.operator.deploy;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.OperatorException;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A namespace of its own for one story, with what a Workspace and a MountSession need, and an operator that lacks something. */
final class PermissionStage implements AutoCloseable {
    /** What waiting times are multiplied by unless a story says otherwise. */
    static final double TIME_SCALE = 0.02;

    /** For how long nothing happens that would have happened in a fraction of it. */
    private static final Duration NOTHING = Duration.ofSeconds(2);

    private final World world;
    private final LesserOperator account;
    private final OperatorLog log;
    private final String name;
    private final String token;
    private final KubeApiProxy kube;
    private final WorkspaceScene workspaces;
    private final SessionScene sessions;
    private final DyingNamespace namespace;
    private ConsumerScene consumers;
    private InProcessOperator operator;

    /**
     * @param world where it plays
     * @param account who the operator is
     * @param log what operators say
     * @param name of the Workspace, the MountSession, the bucket and the account at the orchestrator
     */
    PermissionStage(World world, LesserOperator account, OperatorLog log, String name) {
        this.world = world;
        this.account = account;
        this.log = log;
        this.name = name;
        this.token = world.token(name);
        this.kube = KubeApiProxy.inFrontOf(world.cluster());
        this.workspaces = new WorkspaceScene(world, world.cluster().newNamespace("permission"))
                .token(token)
                .goodKeys()
                .bucket(name);
        this.sessions = new SessionScene(workspaces);
        this.namespace = new DyingNamespace(workspaces.client(), workspaces.namespace());
    }

    String name() {
        return name;
    }

    KubeApiProxy kube() {
        return kube;
    }

    WorkspaceScene workspaces() {
        return workspaces;
    }

    SessionScene sessions() {
        return sessions;
    }

    DyingNamespace namespace() {
        return namespace;
    }

    /** Pods and workloads, from now on. */
    ConsumerScene consumers() {
        if (consumers == null) {
            consumers = new ConsumerScene(workspaces.client(), workspaces.namespace());
        }
        return consumers;
    }

    void operatorStarts() {
        operatorStarts(TIME_SCALE);
    }

    void operatorStarts(double timeScale) {
        operatorStarts(timeScale, Map.of());
    }

    private void operatorStarts(double timeScale, Map<String, String> more) {
        stopOperator();
        Map<String, String> env = new HashMap<>(world.environment());
        env.putAll(more);
        operator = InProcessOperator.start(
                account.kubeconfig().via(kube.url()).newClient(), env, timeScale, Set.of(workspaces.namespace()));
    }

    /** Starts it as one of several replicas. */
    void replicaStarts(double timeScale) {
        operatorStarts(timeScale, Map.of("ARTIFACTS_LEADER_ELECTION_LEASE", account.name()));
    }

    InProcessOperator operator() {
        return operator;
    }

    /** The Lease that replicas of this operator are elected by. */
    Resource<Lease> lease() {
        return workspaces
                .client()
                .leases()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .withName(account.name());
    }

    /**
     * Starts the operator, which cannot go on.
     *
     * @return why
     */
    Throwable operatorEnds() {
        try {
            operatorStarts();
            return operator.blind().get(30, TimeUnit.SECONDS);
        } catch (OperatorException e) {
            return e;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the operator goes on", e);
        }
    }

    private void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    void workspaceIsApplied() {
        workspaces.apply(name, name, spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
    }

    void workspaceIsReady() {
        workspaceIsApplied();
        workspaces.untilReady(name);
    }

    void sessionIsApplied(Consumer<MountSessionSpec> changes) {
        sessions.apply(name, name, spec -> {
            spec.setTtlSeconds(7200);
            changes.accept(spec);
        });
    }

    void sessionIsApplied() {
        sessionIsApplied(spec -> {});
    }

    /** From the operator's start to a MountSession that is Ready. */
    void sessionIsReady(Consumer<MountSessionSpec> changes) {
        operatorStarts();
        workspaceIsReady();
        sessionIsApplied(changes);
        sessions.untilReady(name);
    }

    void sessionIsReady() {
        sessionIsReady(spec -> {});
    }

    /**
     * @return id of the new session, once the Secret holds it
     */
    String sessionIsRenewed() {
        String old = sessions.get(name).getStatus().getSessionId();
        sessions.renew(name);
        return sessions.untilReplaced(name, old).getStatus().getSessionId();
    }

    /** The token is of no use any more, to nobody. */
    void tokenIsRevoked() {
        world.orchestrator().admin().revokeToken(token);
    }

    /**
     * @return how often the operator asked the orchestrator for that, about this story's workspace
     */
    long asked(Operation operation) {
        return world.orchestrator().calls().count(operation, name);
    }

    /** Waits until the operator says that the API server refuses it something about an object of this story. */
    void logSaysForbidden(String kind) {
        log.untilItSays(
                kind + " " + workspaces.namespace() + "/" + name,
                "HTTP 403; the operator's RBAC does not allow what it tried",
                "is forbidden: User \"" + account.user() + "\" cannot "
                        + account.missing().verb() + " resource");
    }

    /** Waits until a line of the log, with this operator's name in it, says both. */
    void logSays(String what, String why) {
        log.untilItSays(what, why, account.name());
    }

    /** Sees that it is so for much longer than it would be with the permission. */
    void staysSo(Callable<Boolean> state) {
        await().during(NOTHING).atMost(NOTHING.multipliedBy(4)).until(state);
    }

    @Override
    public void close() {
        stopOperator();
        if (consumers != null) {
            consumers.close();
        }
        lease().delete();
        kube.close();
    }
}
