package io.tonbo.artifacts.operator.juicefs;

import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.sandbox.redis.RedisNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** A real Redis cluster of two nodes: the first owns the lower half of the slots, the second the upper half. */
final class TwoNodeRedis implements AutoCloseable {
    private static final int HALF = 8192;

    private final List<RedisNode> nodes = List.of(RedisNode.start(), RedisNode.start());

    TwoNodeRedis() {
        try (Jedis lower = admin(0);
                Jedis upper = admin(1)) {
            lower.clusterAddSlots(IntStream.range(0, HALF).toArray());
            upper.clusterAddSlots(IntStream.range(HALF, 2 * HALF).toArray());
            lower.clusterMeet("127.0.0.1", port(1));
            await().atMost(Duration.ofSeconds(60)).until(() -> isOk(lower) && isOk(upper));
        }
    }

    private static boolean isOk(Jedis admin) {
        return admin.clusterInfo().contains("cluster_state:ok");
    }

    int port(int node) {
        return nodes.get(node).port();
    }

    Jedis admin(int node) {
        return nodes.get(node).admin();
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
    }
}
