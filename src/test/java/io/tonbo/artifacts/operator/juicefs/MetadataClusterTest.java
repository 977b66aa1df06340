package io.tonbo.artifacts.operator.juicefs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The format through the wrong node of a real cluster. */
class MetadataClusterTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private static TwoNodeRedis cluster;
    private static VolumeSetting ours;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TwoNodeRedis();
        ours = VolumeSetting.of(
                "vol-1", VolumeUuid.of("ws_1", "uid-1"), BucketAddress.parse("https://minio.example", "auto", "data"));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void a_volume_on_the_other_node_is_formatted_there_with_the_same_credentials() throws Exception {
        String prefix = prefixOn(1, 0);
        grant(0, "fmt_moved", prefix);
        grant(1, "fmt_moved", prefix);
        try (MetadataStore store = open("fmt_moved", prefix)) {
            assertThat(store.readSetting()).isEmpty();
            store.createInodes(NOW);
            assertThat(store.claim(ours)).isTrue();
            assertThat(store.readSetting()).contains(ours);
        }
        try (Jedis there = cluster.admin(1)) {
            assertThat(there.get((prefix + "setting").getBytes(UTF_8))).isEqualTo(ours.encode());
            assertThat(there.get((prefix + "i1").getBytes(UTF_8))).isEqualTo(Inode.root(NOW));
        }
    }

    @Test
    void a_node_that_does_not_know_the_grant_refuses_it() throws Exception {
        String prefix = prefixOn(1, 1);
        grant(0, "fmt_half", prefix);
        try (MetadataStore store = open("fmt_half", prefix)) {
            MetadataException failure = catchThrowableOfType(MetadataException.class, store::readSetting);
            assertThat(failure.kind()).isEqualTo(MetadataException.Kind.ACCESS_DENIED);
        }
    }

    @Test
    void a_volume_that_is_just_moving_is_formatted_where_it_goes() throws Exception {
        String prefix = prefixOn(0, 0);
        int slot = JedisClusterCRC16.getSlot(prefix);
        grant(0, "fmt_asked", prefix, "+asking");
        grant(1, "fmt_asked", prefix, "+asking");
        try (Jedis from = cluster.admin(0);
                Jedis to = cluster.admin(1)) {
            to.clusterSetSlotImporting(slot, from.clusterMyId());
            from.clusterSetSlotMigrating(slot, to.clusterMyId());
            try (MetadataStore store = open("fmt_asked", prefix)) {
                store.createInodes(NOW);
                assertThat(store.claim(ours)).isTrue();
                assertThat(store.readSetting()).contains(ours);
            }
            to.sendCommand(Protocol.Command.ASKING);
            assertThat(to.get((prefix + "setting").getBytes(UTF_8))).isEqualTo(ours.encode());
        }
    }

    private static String prefixOn(int node, int skip) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "{u_1_w_" + i + "}:")
                .filter(prefix -> JedisClusterCRC16.getSlot(prefix) / 8192 == node)
                .skip(skip)
                .findFirst()
                .orElseThrow();
    }

    private static void grant(int node, String user, String prefix, String... more) {
        try (Jedis admin = cluster.admin(node)) {
            FormatGrant.give(admin, user, prefix, more);
        }
    }

    private static MetadataStore open(String user, String prefix) throws MetadataException {
        String url = FormatGrant.url("redis", user, "127.0.0.1", cluster.port(0));
        return MetadataStore.open(MetadataEndpoint.parse(url), prefix, null, MetadataTimeouts.DEFAULT);
    }
}
