package io.tonbo.artifacts.operator.juicefs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeSettingTest {
    private static final UUID ID = UUID.fromString("6f1b8b4e-6b3c-4c52-9f0a-2f5d3a1c7e90");

    @Test
    void what_we_write_is_laid_out_as_juicefs_lays_it_out() throws Exception {
        BucketAddress address = BucketAddress.parse("https://Fly.Storage.Tigris.dev/", "auto", "data");

        String written = new String(VolumeSetting.of("vol-1", ID, address).encode(), UTF_8);

        assertThat(written)
                .isEqualTo(
                        """
                        {
                        "Name": "vol-1",
                        "UUID": "6f1b8b4e-6b3c-4c52-9f0a-2f5d3a1c7e90",
                        "Storage": "s3",
                        "Bucket": "https://fly.storage.tigris.dev/data",
                        "BlockSize": 4096,
                        "Compression": "none",
                        "EncryptAlgo": "aes256gcm-rsa",
                        "TrashDays": 1,
                        "MetaVersion": 1,
                        "DirStats": false,
                        "EnableACL": false
                        }""");
    }

    @Test
    void what_we_write_we_read_back() throws Exception {
        VolumeSetting ours = VolumeSetting.of("vol-1", ID, BucketAddress.parse("http://[::1]:9000", "", "data"));

        assertThat(VolumeSetting.parse(ours.encode())).isEqualTo(ours);
        assertThat(ours.has(ID)).isTrue();
        assertThat(ours.has(UUID.randomUUID())).isFalse();
    }

    @Test
    void a_setting_of_the_stock_client_is_read_in_any_order_and_with_fields_of_any_version() {
        VolumeSetting foreign = VolumeSetting.parse(
                """
                {"Tiers": {"0": {"ID": 0}}, "Bucket": "https://b.s3.us-west-1.amazonaws.com", "SecretKey": "c2VjcmV0",
                 "UUID": "AAAAAAAA-1111-4111-8111-111111111111", "DirStats": true, "MinClientVersion": "1.1.0-A",
                 "Name": "theirs", "TrashDays": 7}"""
                        .getBytes(UTF_8));

        assertThat(foreign.name()).isEqualTo("theirs");
        assertThat(foreign.bucket()).isEqualTo("https://b.s3.us-west-1.amazonaws.com");
        assertThat(foreign.has(UUID.fromString("aaaaaaaa-1111-4111-8111-111111111111")))
                .isTrue();
        assertThat(foreign.toString()).doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not json", "[]", "null", "{\"Name\": 1, \"UUID\": null}", "{\"Name\": \"cut", "\u0000\u0001"
            })
    void what_nobody_can_read_is_somebody_elses(String value) {
        VolumeSetting setting = VolumeSetting.parse(value.getBytes(UTF_8));

        assertThat(setting).isEqualTo(new VolumeSetting("", "", ""));
        assertThat(setting.has(ID)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.us-west-1.amazonaws.com/data, true",
        "https://s3.us-west-1.amazonaws.com/data/, true",
        "https://s3.us-west-1.amazonaws.com/data/ignored/by/juicefs, true",
        "https://s3-us-west-1.amazonaws.com/data, true",
        "https://data.s3.us-west-1.amazonaws.com, true",
        "https://data.s3-us-west-1.amazonaws.com, true",
        "data.s3.us-west-1.amazonaws.com, true",
        "https://s3.us-west-2.amazonaws.com/data, false",
        "https://s3.us-west-1.amazonaws.com/other, false",
        "https://other.s3.us-west-1.amazonaws.com, false",
        "https://s3.us-west-1.amazonaws.com.evil.example/data, false",
        "/data, false",
        "'', false",
        "'https://[', false",
    })
    void an_amazon_bucket_is_recognised_however_it_is_spelt(String url, boolean same) throws Exception {
        BucketAddress ours = BucketAddress.parse("https://s3.us-west-1.amazonaws.com", "auto", "data");

        assertThat(new VolumeSetting("vol", "x", url).describes("vol", ours)).isEqualTo(same);
        assertThat(new VolumeSetting("other", "x", url).describes("vol", ours)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://minio.example:443/data, true",
        "https://MINIO.example/data, true",
        "https://data.minio.example, true",
        "http://minio.example/data, false",
        "https://minio.example:9000/data, false",
        "https://elsewhere.example/data, false",
    })
    void any_other_bucket_is_too(String url, boolean same) throws Exception {
        BucketAddress ours = BucketAddress.parse("https://minio.example", "us-east-1", "data");

        assertThat(new VolumeSetting("vol", "x", url).describes("vol", ours)).isEqualTo(same);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ab", "-ab", "ab-", "Abc", "a/c", "a.c", "../x", "a_c", "abc\n"})
    void a_name_that_juicefs_refuses_is_never_formatted(String name) throws Exception {
        BucketAddress address = BucketAddress.parse("https://minio.example", "", "data");

        assertThat(VolumeSetting.isVolumeName(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> VolumeSetting.of(name, ID, address));
    }

    @Test
    void the_shortest_and_the_longest_name_are_fine() {
        assertThat(VolumeSetting.isVolumeName("abc")).isTrue();
        assertThat(VolumeSetting.isVolumeName("a".repeat(63))).isTrue();
        assertThat(VolumeSetting.isVolumeName("a".repeat(64))).isFalse();
    }
}
