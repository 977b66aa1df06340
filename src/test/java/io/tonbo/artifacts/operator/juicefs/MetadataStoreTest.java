package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.ACCESS_DENIED;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.PROTOCOL;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.UNREACHABLE;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.PREFIX;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.assertIs;
import static io.tonbo.artifacts.operator.juicefs.MetadataStores.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** The format against a real Redis, as a user who may do nothing but format one prefix. */
class MetadataStoreTest {
    private static final String NEIGHBOUR = "{u_1_w_3}:";
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");

    private static SandboxRedis redis;
    private static VolumeSetting ours;
    private static VolumeSetting theirs;

    @BeforeAll
    static void start() throws Exception {
        redis = SandboxRedis.start();
        BucketAddress address = BucketAddress.parse("https://minio.example", "auto", "data");
        ours = VolumeSetting.of("vol-1", VolumeUuid.of("ws_1", "uid-1"), address);
        theirs = VolumeSetting.of("vol-1", VolumeUuid.of("ws_1", "uid-2"), address);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void grant() {
        try (Jedis admin = redis.admin()) {
            admin.flushAll();
            FormatGrant.give(admin, "fmt_1", PREFIX);
        }
    }

    @Test
    void a_format_leaves_exactly_three_keys_byte_for_byte() throws Exception {
        try (MetadataStore store = open("fmt_1", PREFIX)) {
            assertThat(store.readSetting()).isEmpty();
            store.createInodes(NOW);
            assertThat(store.claim(ours)).isTrue();
            assertThat(store.readSetting()).contains(ours);
        }
        try (Jedis admin = redis.admin()) {
            assertThat(admin.keys("*"))
                    .containsExactlyInAnyOrder(PREFIX + "setting", PREFIX + "i1", PREFIX + "i9223372032828243968");
            assertThat(admin.get((PREFIX + "setting").getBytes(UTF_8))).isEqualTo(ours.encode());
            assertThat(admin.get((PREFIX + "i1").getBytes(UTF_8))).isEqualTo(Inode.root(NOW));
            assertThat(admin.get((PREFIX + "i9223372032828243968").getBytes(UTF_8)))
                    .isEqualTo(Inode.trash(NOW));
        }
    }

    @Test
    void only_the_first_claim_wins_and_nothing_is_written_over() throws Exception {
        try (MetadataStore first = open("fmt_1", PREFIX);
                MetadataStore second = open("fmt_1", PREFIX)) {
            first.createInodes(NOW);
            assertThat(first.claim(ours)).isTrue();
            second.createInodes(NOW.plusSeconds(60));
            assertThat(second.claim(theirs)).isFalse();
            assertThat(first.claim(ours)).isFalse();
            assertThat(second.readSetting()).contains(ours);
        }
        try (Jedis admin = redis.admin()) {
            assertThat(admin.get((PREFIX + "i1").getBytes(UTF_8))).isEqualTo(Inode.root(NOW));
        }
    }

    @Test
    void of_two_that_claim_at_once_one_wins() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Boolean> one = both.submit(() -> claimAfter(together, ours));
            Future<Boolean> other = both.submit(() -> claimAfter(together, theirs));
            assertThat(one.get()).isNotEqualTo(other.get());
            try (MetadataStore store = open("fmt_1", PREFIX)) {
                assertThat(store.readSetting()).contains(one.get() ? ours : theirs);
            }
        } finally {
            both.shutdownNow();
        }
    }

    private static boolean claimAfter(CyclicBarrier together, VolumeSetting setting) throws Exception {
        try (MetadataStore store = open("fmt_1", PREFIX)) {
            store.readSetting();
            together.await();
            return store.claim(setting);
        }
    }

    @Test
    void what_a_crash_left_out_is_made_good() throws Exception {
        try (Jedis admin = redis.admin();
                MetadataStore store = open("fmt_1", PREFIX)) {
            store.createInodes(NOW);
            admin.del(PREFIX + "i1");
            store.createInodes(NOW.plusSeconds(1));
            assertThat(admin.get((PREFIX + "i1").getBytes(UTF_8))).isEqualTo(Inode.root(NOW.plusSeconds(1)));
            assertThat(admin.get((PREFIX + "i9223372032828243968").getBytes(UTF_8)))
                    .isEqualTo(Inode.trash(NOW));
        }
    }

    @Test
    void a_prefix_may_be_empty() throws Exception {
        try (Jedis admin = redis.admin()) {
            FormatGrant.give(admin, "fmt_0", "");
        }
        try (MetadataStore store = open("fmt_0", "")) {
            assertThat(store.claim(ours)).isTrue();
        }
        try (Jedis admin = redis.admin()) {
            assertThat(admin.exists("setting")).isTrue();
        }
    }

    @Test
    void a_neighbours_keys_are_out_of_reach() throws Exception {
        try (Jedis admin = redis.admin()) {
            admin.set((NEIGHBOUR + "setting").getBytes(UTF_8), theirs.encode());
        }
        try (MetadataStore store = open("fmt_1", NEIGHBOUR)) {
            assertIs(failed(store::readSetting), ACCESS_DENIED, "NOPERM");
            assertIs(failed(() -> store.createInodes(NOW)), ACCESS_DENIED, "NOPERM");
            assertIs(failed(() -> store.claim(ours)), ACCESS_DENIED, "NOPERM");
        }
        try (Jedis admin = redis.admin()) {
            assertThat(admin.keys("*")).containsExactly(NEIGHBOUR + "setting");
            assertThat(admin.get((NEIGHBOUR + "setting").getBytes(UTF_8))).isEqualTo(theirs.encode());
        }
    }

    @Test
    void a_grant_that_ended_is_refused_also_in_the_middle() throws Exception {
        try (Jedis admin = redis.admin();
                MetadataStore store = open("fmt_1", PREFIX)) {
            store.createInodes(NOW);
            admin.sendCommand(Protocol.Command.ACL, "DELUSER", "fmt_1");
            assertThat(failed(() -> store.claim(ours)).kind()).isIn(UNREACHABLE, ACCESS_DENIED);
            assertIs(failed(() -> store.claim(ours)), ACCESS_DENIED, "WRONGPASS");
            assertThat(admin.exists(PREFIX + "setting")).isFalse();
        }
    }

    @Test
    void a_wrong_password_is_refused() throws Exception {
        String url = "redis://fmt_1:WRONG-SECRET@127.0.0.1:" + redis.port();
        try (MetadataStore store = MetadataStores.open(url, PREFIX, null, MetadataTimeouts.DEFAULT)) {
            assertIs(failed(store::readSetting), ACCESS_DENIED, "WRONGPASS");
        }
    }

    @Test
    void a_user_who_may_not_even_read_is_refused() throws Exception {
        try (Jedis admin = redis.admin()) {
            FormatGrant.give(admin, "fmt_2", PREFIX, "-get");
        }
        try (MetadataStore store = open("fmt_2", PREFIX)) {
            assertIs(failed(store::readSetting), ACCESS_DENIED, "NOPERM");
        }
    }

    @Test
    void a_key_of_another_type_is_no_setting() throws Exception {
        try (Jedis admin = redis.admin()) {
            admin.rpush(PREFIX + "setting", "x");
        }
        try (MetadataStore store = open("fmt_1", PREFIX)) {
            assertIs(failed(store::readSetting), PROTOCOL, "WRONGTYPE");
        }
    }

    @Test
    void a_foreign_setting_is_read_and_left_alone() throws Exception {
        String foreign = "{\"UUID\":\"x\",\"Name\":\"theirs\",\"New\":{\"er\":[1]},\"Bucket\":\"https://h/b\"}";
        try (Jedis admin = redis.admin();
                MetadataStore store = open("fmt_1", PREFIX)) {
            admin.set(PREFIX + "setting", foreign);
            assertThat(store.readSetting()).contains(new VolumeSetting("theirs", "x", "https://h/b"));
            assertThat(store.claim(ours)).isFalse();
            assertThat(admin.get(PREFIX + "setting")).isEqualTo(foreign);
        }
    }

    private static MetadataStore open(String user, String prefix) throws MetadataException {
        return MetadataStores.open(
                FormatGrant.url("redis", user, "127.0.0.1", redis.port()), prefix, null, MetadataTimeouts.DEFAULT);
    }
}
