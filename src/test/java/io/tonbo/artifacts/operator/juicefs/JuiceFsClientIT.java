package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tonbo.artifacts.sandbox.juicefs.JuiceFsClient;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What we format, the real JuiceFS client mounts; and what nobody formatted, it refuses. */
class JuiceFsClientIT {
    private static final UUID OURS = VolumeUuid.of("ws_1", "uid-1");
    private static final BucketKeys FORMAT_KEYS = new BucketKeys("AKIAFORMAT", "format-secret", null);
    private static final Map<String, String> MOUNT_KEYS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIAMOUNT", "AWS_SECRET_ACCESS_KEY", "mount-secret", "AWS_REGION", "eu-west-1");

    private static SandboxRedis redis;
    private static SandboxS3 s3;

    @BeforeAll
    static void start() {
        redis = SandboxRedis.start();
        s3 = SandboxS3.start();
        s3.addKey("AKIAFORMAT", "format-secret");
        s3.addKey("AKIAMOUNT", "mount-secret");
        s3.createBucket("data", "eu-west-1");
        try (Jedis admin = redis.admin()) {
            FormatGrant.give(admin, "fmt_7", "{7}");
            FormatGrant.give(admin, "fmt_8", "{8}");
            session(admin, "sess_7", "{7}");
            session(admin, "sess_9", "{9}");
        }
    }

    @AfterAll
    static void stop() {
        s3.close();
        redis.close();
    }

    @Test
    void a_volume_of_ours_is_opened_written_and_read_back_by_the_real_client() throws Exception {
        format("vol-7", "{7}", "fmt_7");
        JuiceFsClient client = client("vol-7", "sess_7", 7);

        JuiceFsClient.Result written = client.write("/work/notes/hello.txt", "from a real client");
        assertThat(written.exitCode()).as(written.errors()).isZero();

        JuiceFsClient.Result read = client.read("/work/notes/hello.txt");
        assertThat(read.exitCode()).as(read.errors()).isZero();
        assertThat(read.output()).isEqualTo("from a real client");
        assertThat(client.list("/work").output().trim()).isEqualTo("notes");

        assertThat(s3.keys("data", "vol-7/"))
                .contains("vol-7/juicefs_uuid")
                .anyMatch(key -> key.startsWith("vol-7/chunks/"));
        assertThat(s3.get("data", "vol-7/juicefs_uuid"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo(OURS.toString()));

        // A second look of ours finds everything as it was, and a format in its place is out of the question.
        try (Bucket bucket = bucket();
                MetadataStore store = store("fmt_7", "{7}")) {
            assertThat(store.readSetting())
                    .hasValueSatisfying(setting -> assertThat(setting.has(OURS)).isTrue());
            assertThat(bucket.isEmptyFor("vol-7", OURS)).isFalse();
        }
    }

    @Test
    void a_prefix_that_nobody_formatted_is_refused_by_the_real_client() {
        JuiceFsClient.Result refused = client("vol-9", "sess_9", 9).list("/");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains("database is not formatted");
    }

    @Test
    void a_grant_to_format_one_prefix_reads_nothing_of_its_neighbours() throws Exception {
        format("vol-8", "{8}", "fmt_8");

        try (MetadataStore store = store("fmt_7", "{8}")) {
            assertThatExceptionOfType(MetadataException.class)
                    .isThrownBy(store::readSetting)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(MetadataException.Kind.ACCESS_DENIED));
        }
        try (Jedis direct = new Jedis("127.0.0.1", redis.port())) {
            direct.auth("fmt_7", FormatGrant.PASSWORD);
            for (String key : List.of("setting", "i1", "i9223372032828243968")) {
                assertThatExceptionOfType(redis.clients.jedis.exceptions.JedisAccessControlException.class)
                        .isThrownBy(() -> direct.get("{8}" + key))
                        .withMessageStartingWith("NOPERM");
            }
        }
    }

    private static void format(String volume, String prefix, String user) throws Exception {
        try (Bucket bucket = bucket();
                MetadataStore store = store(user, prefix)) {
            bucket.checkReachable();
            bucket.probe(volume);
            assertThat(bucket.isEmptyFor(volume, OURS)).isTrue();
            store.createInodes(Instant.now());
            assertThat(store.claim(VolumeSetting.of(volume, OURS, address()))).isTrue();
            assertThat(bucket.putUuidIfAbsent(volume, OURS)).isTrue();
        }
    }

    private static BucketAddress address() throws Exception {
        return BucketAddress.parse(s3.endpoint().toString(), "eu-west-1", "data");
    }

    private static Bucket bucket() throws Exception {
        PinnedEndpoint pinned = new EndpointPolicy(AllowedEndpoints.parse("127.0.0.0/8"), List.of()).resolve(address());
        return Bucket.open(address(), FORMAT_KEYS, pinned, null, BucketTimeouts.DEFAULT);
    }

    private static MetadataStore store(String user, String prefix) throws Exception {
        String url = FormatGrant.url("redis", user, "127.0.0.1", redis.port());
        return MetadataStore.open(MetadataEndpoint.parse(url), prefix, null, MetadataTimeouts.DEFAULT);
    }

    private static JuiceFsClient client(String volume, String user, int number) {
        return new JuiceFsClient(
                volume, "redis://" + user + ":session-pw@127.0.0.1:" + redis.port() + "/" + number, MOUNT_KEYS);
    }

    /** The rights of a read-write mount session, and SELECT, by whose refusal this client recognises a cluster. */
    private static void session(Jedis admin, String user, String prefix) {
        String commands =
                "+get +set +setnx +ping +info +command +cluster|info +cluster|slots +select +mget +incr +incrby"
                        + " +decr +decrby +del +exists +hget +hset +hmset +hsetnx +hdel +hgetall +hkeys +hlen +hmget +hexists"
                        + " +hincrby +hscan +lrange +llen +rpush +rpushx +lpush +ltrim +sadd +srem +smembers +zadd +zrem +zrange"
                        + " +zrangebyscore +zscore +watch +unwatch +multi +exec +script|load +asking";
        List<String> rules =
                new ArrayList<>(List.of("SETUSER", user, "reset", "on", ">session-pw", "~" + prefix + "*"));
        rules.addAll(List.of(commands.split(" ", -1)));
        admin.sendCommand(Protocol.Command.ACL, rules.toArray(String[]::new));
    }
}
