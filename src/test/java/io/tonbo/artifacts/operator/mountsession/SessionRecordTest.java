package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record that a published Secret carries: what is written is read back, and garbage is no record. */
class SessionRecordTest {
    private static final Map<String, String> DATA =
            Map.of("metaurl", "redis://u:p@h:6379/1", "name", "vol-1", "expires-at", "2026-11-02T12:00:00Z");
    private static final SessionRecord FULL = new SessionRecord(
            "ms \"1\",2",
            Instant.parse("2026-11-01T12:00:00.700Z"),
            Instant.parse("2026-11-02T12:00:00.900Z"),
            "uid-1",
            SessionRecord.hash(DATA),
            "ws_1",
            86_400,
            "2026-11-01",
            List.of("ms_0", "odd, \"id\""),
            Instant.parse("2026-11-01T12:00:01.200Z"),
            2,
            SessionRecord.BY_SERVER,
            "5ea1");
    private static final SessionRecord BARE = new SessionRecord(
            "ms_1",
            FULL.issuedAt(),
            FULL.expiresAt(),
            "uid-1",
            FULL.dataHash(),
            null,
            0,
            null,
            List.of(),
            null,
            0,
            "",
            "");

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(SessionRecord.parse(FULL.annotations())).contains(FULL);
        assertThat(SessionRecord.parse(BARE.annotations())).contains(BARE);
        assertThat(BARE.annotations()).hasSize(5);
        assertThat(FULL.annotations().keySet())
                .hasSize(SecretAnnotation.values().length - 1)
                .doesNotContain(SecretAnnotation.TEMPLATE.key());
    }

    @Test
    void timesAreWholeSecondsThatRfc3339CanWrite() {
        assertThat(FULL.annotations())
                .containsEntry("artifacts.tonbo.io/issued-at", "2026-11-01T12:00:00Z")
                .containsEntry("artifacts.tonbo.io/expires-at", "2026-11-02T12:00:00Z");
        assertThat(SessionRecord.wholeSecond(Instant.MAX)).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(SessionRecord.wholeSecond(Instant.MIN)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void theTimeOfPublishingIsRoundedUp() {
        assertThat(FULL.annotations()).containsEntry("artifacts.tonbo.io/published-at", "2026-11-01T12:00:02Z");
        assertThat(publishedAt("2026-11-01T12:00:02Z")).isEqualTo("2026-11-01T12:00:02Z");
        assertThat(publishedAt("2026-11-01T12:00:02.000000001Z")).isEqualTo("2026-11-01T12:00:03Z");
        assertThat(publishedAt("9999-12-31T23:59:59.9Z")).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(publishedAt("-0001-01-01T00:00:00.5Z")).isEqualTo("1970-01-01T00:00:00Z");
    }

    private static String publishedAt(String time) {
        return BARE.rewritten(BARE.dataHash(), Instant.parse(time))
                .publishedAt()
                .toString();
    }

    @Test
    void consumersAreRestartedForNewSessionsAndNewKeysOnly() {
        String hash = SessionRecord.hash(Map.of());
        Instant later = Instant.parse("2026-11-01T13:00:00Z");
        assertThat(BARE.stamp()).isEqualTo("ms_1");
        assertThat(BARE.rewritten(hash, later).stamp()).isEqualTo("ms_1+1");
        assertThat(BARE.rewritten(hash, later).rewritten(hash, later).stamp()).isEqualTo("ms_1+2");
        assertThat(BARE.relabelled(hash).stamp()).isEqualTo("ms_1");
        assertThat(FULL.relabelled(hash).stamp()).isEqualTo(FULL.stamp()).isEqualTo("ms \"1\",2+2");
    }

    @Test
    void aRewriteKeepsTheSession() {
        String hash = SessionRecord.hash(Map.of());
        Map<String, String> cosmetic = new HashMap<>(FULL.annotations());
        cosmetic.put("artifacts.tonbo.io/data-hash", hash);
        cosmetic.remove("artifacts.tonbo.io/seal");
        assertThat(FULL.relabelled(hash).annotations()).isEqualTo(cosmetic);

        Map<String, String> keys = new HashMap<>(cosmetic);
        keys.put("artifacts.tonbo.io/published-at", "2026-11-01T13:00:00Z");
        keys.put("artifacts.tonbo.io/rewrites", "3");
        assertThat(FULL.rewritten(hash, Instant.parse("2026-11-01T13:00:00Z")).annotations())
                .isEqualTo(keys);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            nullValues = "absent",
            value = {
                "session-id, absent",
                "session-id, ''",
                "issued-at, absent",
                "issued-at, yesterday",
                "issued-at, 2026-11-02T12:00:00Z",
                "expires-at, absent",
                "expires-at, 2026-11-02",
                "expires-at, +999999999-12-31T23:59:59Z",
                "expires-at, 2026-10-31T00:00:00Z",
                "owner-uid, absent",
                "owner-uid, ''",
                "data-hash, absent",
                "data-hash, abc",
                "data-hash, ../../etc"
            })
    void garbageIsNoRecord(String annotation, String value) {
        Map<String, String> annotations = new HashMap<>(FULL.annotations());
        annotations.put("artifacts.tonbo.io/" + annotation, value);
        assertThat(SessionRecord.parse(annotations)).isEmpty();
    }

    @Test
    void nothingIsNoRecord() {
        assertThat(SessionRecord.parse(null)).isEmpty();
        assertThat(SessionRecord.parse(Map.of())).isEmpty();
        assertThat(SessionRecord.parse(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "requested-ttl-seconds, soon",
        "requested-ttl-seconds, -1",
        "requested-ttl-seconds, 99999999999999999999",
        "revokes, [",
        "revokes, 7",
        "revokes, '{\"a\":{}}'",
        "revokes, '[1,null,\"\"]'",
        "published-at, now",
        "published-at, +999999999-12-31T23:59:59Z",
        "rewrites, often",
        "rewrites, -1",
        "rewrites, 2147483648"
    })
    void garbageInWhatIsOptionalCountsAsAbsent(String annotation, String value) {
        Map<String, String> annotations = new HashMap<>(BARE.annotations());
        annotations.put("artifacts.tonbo.io/" + annotation, value);
        assertThat(SessionRecord.parse(annotations)).contains(BARE);
    }

    @Test
    void randomAnnotationsNeverThrow() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> keys = List.copyOf(FULL.annotations().keySet());
        for (int i = 0; i < 20_000; i++) {
            Map<String, String> annotations = new HashMap<>(FULL.annotations());
            String any = keys.get(random.nextInt(keys.size()));
            StringBuilder text = new StringBuilder(annotations.get(any));
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0xD800));
            annotations.put(any, text.toString());
            assertThat(SessionRecord.parse(annotations)).isNotNull();
        }
    }

    @Test
    void theHashIsOfTheContentWhateverItsOrder() {
        Map<String, String> backwards = new LinkedHashMap<>();
        new TreeMap<>(DATA).descendingMap().forEach(backwards::put);
        assertThat(SessionRecord.hash(backwards)).isEqualTo(SessionRecord.hash(DATA));
        assertThat(SessionRecord.hash(Map.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        // Written once, so that a new version of the operator reads what an old one wrote.
        assertThat(SessionRecord.hash(Map.of("a", "1", "b", ""))).isEqualTo(sha256("1:a1:11:b0:"));
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(SessionRecord.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theHashTellsEveryDifference() {
        String hash = SessionRecord.hash(Map.of("a", "1", "b", "2"));
        assertThat(SessionRecord.hash(Map.of("a", "1", "b", "3"))).isNotEqualTo(hash);
        assertThat(SessionRecord.hash(Map.of("a", "1"))).isNotEqualTo(hash);
        assertThat(SessionRecord.hash(Map.of("a", "1b2"))).isNotEqualTo(hash);
        assertThat(SessionRecord.hash(Map.of("a", "2", "b", "1"))).isNotEqualTo(hash);
        assertThat(SessionRecord.hash(Map.of("a", "1", "b", "2", "c", ""))).isNotEqualTo(hash);
    }

    @Test
    void describesOnlyTheDataItWasPublishedWith() {
        assertThat(FULL.describes(DATA)).isTrue();
        Map<String, String> edited = new HashMap<>(DATA);
        edited.put("name", "vol-2");
        assertThat(FULL.describes(edited)).isFalse();

        Map<String, String> moved = new HashMap<>(FULL.annotations());
        moved.put("artifacts.tonbo.io/expires-at", "2027-11-02T12:00:00Z");
        assertThat(SessionRecord.parse(moved).orElseThrow().describes(DATA)).isFalse();
    }
}
