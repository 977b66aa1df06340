package io.tonbo.artifacts.sandbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** In front of a real Redis, with a real client. */
class RedisProxyTest {
    private static SandboxRedis redis;

    private RedisProxy proxy;
    private Jedis direct;

    @BeforeAll
    static void startRedis() {
        redis = SandboxRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        proxy = RedisProxy.inFrontOf(redis.port());
        direct = redis.admin();
        direct.flushAll();
    }

    @AfterEach
    void stop() {
        direct.close();
        proxy.close();
    }

    @Test
    void everythingPassesAndIsRemembered() {
        try (Jedis client = client()) {
            client.set("a", "1");
            assertThat(client.get("a")).isEqualTo("1");
            assertThat(client.get("absent")).isNull();
            assertThat(client.mget("{a}", "a")).containsExactly(null, "1");
        }
        assertThat(proxy.answered())
                .filteredOn(command -> !command.name().equals("CLIENT"))
                .extracting(RedisCommand::toString)
                .containsExactly("SET a", "GET a", "GET absent", "MGET");
    }

    @Test
    void aLostReplyLeavesTheEffect() {
        proxy.afterEachCommand(command -> command.isWrite() ? Reply.DROP : Reply.FORWARD);
        try (Jedis client = client()) {
            assertThatThrownBy(() -> client.setnx("claim", "mine")).isInstanceOf(JedisConnectionException.class);
        }
        assertThat(direct.get("claim")).isEqualTo("mine");
        proxy.heal();
        try (Jedis client = client()) {
            assertThat(client.setnx("claim", "other")).isZero();
        }
    }

    @Test
    void aServerThatIsStillStartingSaysSo() {
        proxy.afterEachCommand(command -> command.name().equals("GET") ? Reply.LOADING : Reply.FORWARD);
        try (Jedis client = client()) {
            assertThatThrownBy(() -> client.get("a"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("LOADING");
            proxy.heal();
            assertThat(client.get("a")).isNull();
        }
    }

    @Test
    void theHookRunsAfterTheEffectAndBeforeTheReply() {
        List<String> seen = new ArrayList<>();
        proxy.afterEachCommand(command -> {
            if (command.isWrite()) {
                seen.add("effect " + direct.get(command.key()));
            }
            return Reply.FORWARD;
        });
        try (Jedis client = client()) {
            client.set("a", "1");
            seen.add("reply");
        }
        assertThat(seen).containsExactly("effect 1", "reply");
    }

    @Test
    void binaryValuesComeThroughByteForByte() {
        byte[] value = new byte[256];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        byte[] key = "binary\r\n".getBytes(StandardCharsets.UTF_8);
        try (Jedis client = client()) {
            client.set(key, value);
            assertThat(client.get(key)).isEqualTo(value);
        }
        assertThat(direct.get(key)).isEqualTo(value);
    }

    @Test
    void pipelinesTransactionsAndErrorsKeepTheirOrder() {
        try (Jedis client = client()) {
            Pipeline pipeline = client.pipelined();
            Response<String> set = pipeline.set("a", "1");
            Response<Long> wrong = pipeline.lpush("a", "x");
            Response<String> get = pipeline.get("a");
            pipeline.sync();
            assertThat(set.get()).isEqualTo("OK");
            assertThatThrownBy(wrong::get)
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("WRONGTYPE");
            assertThat(get.get()).isEqualTo("1");
            Transaction transaction = client.multi();
            transaction.incr("a");
            assertThat(transaction.exec()).containsExactly(2L);
        }
        assertThat(proxy.answered())
                .extracting(RedisCommand::name)
                .filteredOn(name -> !name.equals("CLIENT"))
                .containsExactly("SET", "LPUSH", "GET", "MULTI", "INCR", "EXEC");
    }

    @Test
    void aPasswordIsNotInTheTextOfACommand() {
        try (Jedis client = client()) {
            assertThatThrownBy(() -> client.auth("nobody", "hunter2")).isInstanceOf(JedisDataException.class);
        }
        assertThat(proxy.answered().toString()).contains("AUTH").doesNotContain("hunter2");
    }

    @Test
    void aClosedProxyClosesItsConnections() {
        try (Jedis client = client()) {
            client.ping();
            proxy.close();
            assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
        }
    }

    @Test
    void aReplyThatNobodyAskedForEndsItsConnectionAlone() throws IOException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try (ServerSocket talkative = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RedisProxy before = RedisProxy.inFrontOf(talkative.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), before.port());
                Socket server = talkative.accept()) {
            client.setSoTimeout(10_000);
            server.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(uncaught).isEmpty();
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", proxy.port());
    }
}
