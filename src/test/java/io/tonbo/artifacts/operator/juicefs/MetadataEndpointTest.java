package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataEndpointTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redis://fmt_1:pw@redis.example:6380/3, redis.example, 6380, fmt_1, pw, false",
                "rediss://fmt_1:pw@redis.example, redis.example, 6379, fmt_1, pw, true",
                "REDISS://u:p@Redis.Example:1, Redis.Example, 1, u, p, true",
                "redis://:pw@h, h, 6379, -, pw, false",
                "redis://u@h, h, 6379, u, -, false",
                "redis://h/0, h, 6379, -, -, false",
                "redis://u:a%40b%3Ac%2Fd%25@h:1/0, h, 1, u, a@b:c/d%, false",
                "redis://u%3A1:p@h:1, h, 1, u:1, p, false",
                "redis://u:p@ss@h:1, h, 1, u, p@ss, false",
                "redis://u:p:q@h:1, h, 1, u, p:q, false",
                "redis://u:%C3%A4%E2%82%AC@h:1, h, 1, u, ä€, false",
                "redis://u:ä€𝄞@h:1, h, 1, u, ä€𝄞, false",
                "redis://u:a+b@h:1, h, 1, u, a+b, false",
                "redis://u:p@[::1]:7000/0, ::1, 7000, u, p, false",
                "redis://u:p@[fd00:ec2::254], fd00:ec2::254, 6379, u, p, false",
                "redis://u:p@127.0.0.1:7000?x=y@evil.example, 127.0.0.1, 7000, u, p, false",
                "redis://u:p@h#@evil.example, h, 6379, u, p, false",
            })
    void every_part_is_read(String url, String host, int port, String user, String password, boolean tls)
            throws Exception {
        assertThat(MetadataEndpoint.parse(url)).isEqualTo(new MetadataEndpoint(host, port, user, password, tls));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "SECRET",
                "http://u:SECRET@h",
                "redis:/u:SECRET@h",
                "unix:///SECRET",
                "redis://",
                "redis://u:SECRET@",
                "redis://u:SECRET@:6379",
                "redis://u:SECRET@h:0",
                "redis://u:SECRET@h:65536",
                "redis://u:SECRET@h:",
                "redis://u:SECRET@h:6379x",
                "redis://u:SECRET@h:6379:6380",
                "redis://u:SECRET%@h:6379",
                "redis://u:SECRET%4@h:6379",
                "redis://u:SECRET%zz@h:6379",
                "redis://u:SECRET@[::1",
                "redis://u:SECRET@[]:1",
                "redis://u:SECRET@[h]:1",
                "redis://u:SECRET@[::1]x:1",
                "redis://u:SECRET/1@h:6379",
                "redis://u:SECRET@ho st",
            })
    void what_is_malformed_is_refused_and_never_repeated(String url) {
        assertThatExceptionOfType(MetadataException.class)
                .isThrownBy(() -> MetadataEndpoint.parse(url))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(MetadataException.Kind.PROTOCOL);
                    assertThat(e).hasNoCause().hasMessageStartingWith("the metadata URL ");
                    assertThat(e.getMessage()).doesNotContain("SECRET");
                });
    }

    @Test
    void the_credentials_are_not_shown() throws Exception {
        assertThat(MetadataEndpoint.parse("rediss://someone:SECRET@h:1/0")).hasToString("MetadataEndpoint[h:1, TLS]");
        assertThat(new BucketKeys("AKIA1", "SECRET", "TOKEN")).hasToString("BucketKeys[redacted]");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h:6379/3, '', false",
        "redis://u:p@h/03?x=1, '', false",
        "redis://h:6379/0, '', true",
        "redis://h:6379/, '', true",
        "redis://h:6379, '', true",
        "redis://h:6379/3, '{u_1_w_2}:', true",
        "redis://h:6379/3, '{3}', true"
    })
    void a_database_is_no_substitute_for_a_prefix(String url, String prefix, boolean fits) throws Exception {
        if (fits) {
            assertThat(MetadataEndpoint.parse(url, prefix)).isEqualTo(MetadataEndpoint.parse(url));
        } else {
            assertThatThrownBy(() -> MetadataEndpoint.parse(url, prefix))
                    .isInstanceOf(MetadataException.class)
                    .hasMessageContaining("names a database other than 0");
        }
    }
}
