package io.tonbo.artifacts.operator.juicefs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis cluster of two nodes: the first owns the lower half of the slots, the second the upper half. */
final class TwoNodeRedis implements AutoCloseable {
    private static final int HALF = 8192;

    private final RedisServer[] servers = new RedisServer[2];
    private final int[] ports = new int[2];

    TwoNodeRedis() throws IOException {
        for (int i = 0; i < 2; i++) {
            ports[i] = freePort();
            servers[i] = RedisServer.newRedisServer()
                    .port(ports[i])
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("cluster-enabled yes")
                    .setting("cluster-config-file nodes-" + ports[i] + ".conf")
                    .setting("dir " + System.getProperty("java.io.tmpdir"))
                    .build();
            servers[i].start();
        }
        try (Jedis lower = admin(0);
                Jedis upper = admin(1)) {
            lower.clusterAddSlots(IntStream.range(0, HALF).toArray());
            upper.clusterAddSlots(IntStream.range(HALF, 2 * HALF).toArray());
            lower.clusterMeet("127.0.0.1", ports[1]);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> lower.clusterInfo().contains("cluster_state:ok")
                            && upper.clusterInfo().contains("cluster_state:ok"));
        }
    }

    int port(int node) {
        return ports[node];
    }

    Jedis admin(int node) {
        return new Jedis("127.0.0.1", ports[node]);
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                // The cluster's own bus listens 10000 higher.
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (RedisServer server : servers) {
            server.stop();
        }
    }
}
