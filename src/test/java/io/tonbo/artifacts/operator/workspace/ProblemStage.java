package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.OutputSearch;
import io.tonbo.artifacts.operator.testing.RedisCommand;
import io.tonbo.artifacts.operator.testing.Reply;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceHistory;
import io.tonbo.artifacts.operator.testing.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One operator, one namespace and one world for many cases at a time, and a search for secrets over all they put out. */
final class ProblemStage implements AutoCloseable {
    private final OutputSearch search = OutputSearch.listen();
    private final World world = World.start();
    private final String namespace;
    private final InProcessOperator operator;
    private final WorkspaceHistory history;
    private final Map<String, Reply> disturbed = new ConcurrentHashMap<>();

    /**
     * @param purpose a word for the namespace
     * @param timeScale what every documented waiting time is multiplied by
     * @param more environment variables
     */
    ProblemStage(String purpose, double timeScale, Map<String, String> more) {
        namespace = world.cluster().newNamespace(purpose);
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("ARTIFACTS_POLL_INTERVAL", "PT1S");
        env.putAll(more);
        operator = InProcessOperator.start(SharedKubeCluster.operator().newClient(), env, timeScale, Set.of(namespace));
        history = new WorkspaceHistory(world.cluster().adminClient(), namespace);
        world.metadata().afterEachCommand(this::reply);
        search.plant("the bucket secret", World.KEY_SECRET);
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

    World world() {
        return world;
    }

    String namespace() {
        return namespace;
    }

    WorkspaceHistory history() {
        return history;
    }

    OutputSearch search() {
        return search;
    }

    InProcessOperator operator() {
        return operator;
    }

    /** What becomes of every reply about this workspace's metadata from now on. */
    void disturb(String name, Reply reply) {
        disturbed.put(name, reply);
    }

    void heal(String name) {
        disturbed.remove(name);
    }

    /** No secret was put out, neither of those that were planted nor of those that the orchestrator gave out. */
    void assertNoSecretWasPutOut(boolean metadataWasUsed) {
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
        world.close();
        search.close();
    }
}
