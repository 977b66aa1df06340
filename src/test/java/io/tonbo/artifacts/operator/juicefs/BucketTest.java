package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketFixture.BUCKET;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.OURS;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.VOLUME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Request;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a volume needs of a good bucket. */
class BucketTest {
    @RegisterExtension
    static final BucketFixture fixture = new BucketFixture();

    @Test
    void a_good_bucket_is_reachable_with_one_request() throws Exception {
        try (Bucket bucket = fixture.open()) {
            bucket.checkReachable();
        }
        assertThat(fixture.s3.requests()).extracting(S3Request::action).containsExactly(S3Action.LIST);
    }

    @Test
    void the_probe_puts_gets_and_deletes_below_testing_and_leaves_nothing() throws Exception {
        try (Bucket bucket = fixture.open()) {
            bucket.probe(VOLUME);
        }
        assertThat(fixture.s3.requests())
                .extracting(S3Request::action)
                .containsExactly(S3Action.PUT, S3Action.GET, S3Action.DELETE);
        assertThat(fixture.s3.requests())
                .allSatisfy(request -> assertThat(request.key()).startsWith("vol-1/testing/"));
        assertThat(fixture.s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void the_uuid_is_written_once_and_never_over_anothers() throws Exception {
        try (Bucket bucket = fixture.open()) {
            assertThat(bucket.readUuid(VOLUME)).isEmpty();
            assertThat(bucket.putUuidIfAbsent(VOLUME, OURS)).isTrue();
            assertThat(bucket.putUuidIfAbsent(VOLUME, OURS)).isTrue();
            assertThat(bucket.putUuidIfAbsent(VOLUME, UUID.randomUUID())).isFalse();
            assertThat(bucket.readUuid(VOLUME)).contains(OURS.toString());
        }
        assertThat(fixture.s3.get(BUCKET, "vol-1/juicefs_uuid"))
                .contains(OURS.toString().getBytes(UTF_8));
        assertThat(fixture.s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void an_empty_uuid_object_is_none(String content) throws Exception {
        fixture.s3.put(BUCKET, "vol-1/juicefs_uuid", content.getBytes(UTF_8));
        try (Bucket bucket = fixture.open()) {
            assertThat(bucket.readUuid(VOLUME)).isEmpty();
            assertThat(bucket.putUuidIfAbsent(VOLUME, OURS)).isTrue();
            assertThat(bucket.readUuid(VOLUME)).contains(OURS.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vol-1/testing/left-over, x, true",
        "vol-1/chunks/, '', true",
        "vol-1/juicefs_uuid, 6f1b8b4e-6b3c-4c52-9f0a-2f5d3a1c7e90, true",
        "vol-1/juicefs_uuid, '6F1B8B4E-6B3C-4C52-9F0A-2F5D3A1C7E90\n', true",
        "vol-1/juicefs_uuid, '', true",
        "vol-1/juicefs_uuid, 00000000-0000-4000-8000-000000000000, false",
        "vol-1/chunks/0/0/1_0_4, x, false",
        "vol-1/testing, x, false",
        "vol-1/testing2/x, x, false",
        "vol-1/meta/dump, x, false",
        "vol-10/chunks/0, x, true",
        "vol-1.txt, x, true",
        "other/juicefs_uuid, x, true",
    })
    void a_place_is_empty_but_for_what_a_format_may_have_left(String key, String content, boolean empty)
            throws Exception {
        fixture.s3.put(BUCKET, key, content.getBytes(UTF_8));
        try (Bucket bucket = fixture.open()) {
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isEqualTo(empty);
        }
    }

    @Test
    void an_object_behind_a_thousand_left_overs_is_found() throws Exception {
        for (int i = 0; i < 1001; i++) {
            fixture.s3.put(BUCKET, "vol-1/testing/" + i, new byte[] {1});
        }
        try (Bucket bucket = fixture.open()) {
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isTrue();
            fixture.s3.put(BUCKET, "vol-1/testing/zz", new byte[] {1});
            fixture.s3.put(BUCKET, "vol-1/zz", new byte[] {1});
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "../other", "Vol", "vol 1"})
    void a_name_that_is_none_touches_no_object(String volume) throws Exception {
        try (Bucket bucket = fixture.open()) {
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.probe(volume));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.readUuid(volume));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.isEmptyFor(volume, OURS));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.putUuidIfAbsent(volume, OURS));
        }
        assertThat(fixture.s3.requests()).isEmpty();
    }
}
