package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.ConnectionTimings;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.redis.RedisCommand;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One operator, one namespace and one world for many cases at a time, and a search for secrets over all they put out. */
public final class ProblemStage implements AutoCloseable {
    private final OutputSearch search = OutputSearch.listen();
    private final World world = World.start();
    private final String namespace;
    private final double timeScale;
    private final Kubeconfig user;
    private InProcessOperator operator;
    private final ObjectHistory<Workspace> history;
    private final ObjectHistory<MountSession> sessions;
    private final Map<String, Reply> disturbed = new ConcurrentHashMap<>();

    /**
     * @param purpose a word for the namespace
     * @param timeScale what every documented waiting time is multiplied by
     * @param more environment variables
     */
    public ProblemStage(String purpose, double timeScale, Map<String, String> more) {
        this(purpose, timeScale, more, SharedKubeCluster.operator());
    }

    /**
     * @param purpose a word for the namespace
     * @param timeScale what every documented waiting time is multiplied by
     * @param more environment variables
     * @param user whom the operator is to be, and by which way
     */
    public ProblemStage(String purpose, double timeScale, Map<String, String> more, Kubeconfig user) {
        this.user = user;
        this.timeScale = timeScale;
        namespace = world.cluster().newNamespace(purpose);
        operator = started(more);
        history = new ObjectHistory<>(world.cluster().adminClient(), Workspace.class, namespace);
        sessions = new ObjectHistory<>(world.cluster().adminClient(), MountSession.class, namespace);
        world.metadata().afterEachCommand(this::reply);
        search.plant("the bucket secret", World.KEY_SECRET);
    }

    private InProcessOperator started(Map<String, String> more) {
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1S");
        env.putAll(more);
        return InProcessOperator.start(user.newClient(), env, timeScale, Set.of(namespace));
    }

    /**
     * Its administrator changes what the operator is started with.
     *
     * @param more environment variables
     */
    public void restartOperator(Map<String, String> more) {
        operator.close();
        operator = started(more);
    }

    private Reply reply(RedisCommand command) {
        return disturbed.entrySet().stream()
                .filter(entry -> concerns(command, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Reply.FORWARD);
    }

    private boolean concerns(RedisCommand command, String name) {
        return world.orchestrator().admin().workspace(name, name).stream()
                .anyMatch(workspace -> command.key().startsWith(workspace.keyPrefix()));
    }

    public World world() {
        return world;
    }

    /** How old a reading of a Secret may be that does its job. */
    Duration settledAge() {
        return ConnectionTimings.DEFAULT.scaled(timeScale).settledAge();
    }

    public String namespace() {
        return namespace;
    }

    public ObjectHistory<Workspace> history() {
        return history;
    }

    public ObjectHistory<MountSession> sessions() {
        return sessions;
    }

    public OutputSearch search() {
        return search;
    }

    public InProcessOperator operator() {
        return operator;
    }

    /** What becomes of every reply about this workspace's metadata from now on. */
    public void disturb(String name, Reply reply) {
        disturbed.put(name, reply);
    }

    public void heal(String name) {
        disturbed.remove(name);
    }

    /** No secret was put out, neither of those that were planted nor of those that the orchestrator gave out. */
    public void assertNoSecretWasPutOut(boolean metadataWasUsed) {
        int passwords = search.plantPasswords(world.metadata());
        if (metadataWasUsed && passwords == 0) {
            throw new AssertionError("no metadata password was seen: the search for them proves nothing");
        }
        search.assertNothingFound(world.cluster(), operator.meters());
    }

    @Override
    public void close() {
        operator.close();
        history.close();
        sessions.close();
        world.close();
        search.close();
    }
}
