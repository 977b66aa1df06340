package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://fly.storage.tigris.dev, https://fly.storage.tigris.dev/data",
        "https://fly.storage.tigris.dev/, https://fly.storage.tigris.dev/data",
        "HTTPS://Fly.Storage.Tigris.Dev, https://fly.storage.tigris.dev/data",
        "https://minio.example.:9000, https://minio.example:9000/data",
        "http://127.0.0.1:9000, http://127.0.0.1:9000/data",
        "'http://[::1]:9000', 'http://[::1]:9000/data'",
        "' https://minio.example ', https://minio.example/data",
    })
    void an_endpoint_and_a_bucket_make_the_url_that_juicefs_reads(String endpoint, String url) throws Exception {
        assertThat(BucketAddress.parse(endpoint, "auto", "data").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "minio.example",
                "s3://minio.example",
                "file:///etc/passwd",
                "https://",
                "https:///data",
                "https://user:secret@minio.example",
                "https://minio.example/path",
                "https://minio.example?x=1",
                "https://minio.example#x",
                "https://minio.example:0",
                "https://minio.example:65536",
                "https://minio.example:x",
                "https://mi nio.example",
                "https://minio.example\\@evil.example",
                "https://%31%32%37.0.0.1",
                "https://①②⑦.0.0.1",
                "http://0x7f.1",
                "http://127.1",
            })
    void what_is_no_endpoint_is_refused_without_being_repeated(String endpoint) {
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .isThrownBy(() -> BucketAddress.parse(endpoint, "auto", "data"))
                .withMessageStartingWith("storage.endpoint")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://data.s3.us-west-1.amazonaws.com",
                "https://s3.us-west-1.amazonaws.com.evil.example",
                "https://s3-fips.us-west-1.amazonaws.com",
                "https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com",
                "https://dynamodb.us-west-1.amazonaws.com",
                "https://s3.amazonaws.com.cn",
            })
    void where_a_juicefs_client_would_go_elsewhere_the_endpoint_is_refused(String endpoint) {
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .isThrownBy(() -> BucketAddress.parse(endpoint, "auto", "data"))
                .withMessageContaining("https://s3.<region>.amazonaws.com");
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.amazonaws.com, eu-central-1, us-east-1",
        "https://s3-external-1.amazonaws.com, auto, us-east-1",
        "https://s3.us-west-1.amazonaws.com, auto, us-west-1",
        "https://s3-us-west-1.amazonaws.com, auto, us-west-1",
        "https://s3.dualstack.eu-west-3.amazonaws.com, '', eu-west-3",
        "https://s3.cn-north-1.amazonaws.com.cn, auto, cn-north-1",
        "https://fly.storage.tigris.dev, auto, auto",
        "https://minio.example, eu-west-1, eu-west-1",
        "https://minio.example, '', us-east-1",
    })
    void the_region_signed_for_is_the_one_a_juicefs_client_takes(String endpoint, String region, String signed)
            throws Exception {
        assertThat(BucketAddress.parse(endpoint, region, "data").signingRegion())
                .isEqualTo(signed);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ab", "Data", "da/ta", "da ta", "-data", "data.", "da..ta", "arn:aws:s3:::data"})
    void what_is_no_bucket_name_is_refused(String bucket) {
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .isThrownBy(() -> BucketAddress.parse("https://minio.example", "auto", bucket))
                .withMessageStartingWith("storage.bucket");
    }

    @Test
    void a_region_is_never_a_way_into_the_signature() {
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .isThrownBy(() -> BucketAddress.parse("https://minio.example", "us/east", "data"))
                .withMessageStartingWith("storage.region");
    }

    @Test
    void no_region_is_an_empty_one() throws Exception {
        assertThat(BucketAddress.parse("https://minio.example", null, "data").region())
                .isEmpty();
    }
}
