package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPolicyTest {
    private static final String PUBLIC_V4 = "198.51.100.7";
    private static final String PUBLIC_V6 = "2600:1f00::7";
    private static final List<InetAddress> API_SERVER = List.of(ip("203.0.113.10"), ip("10.96.0.1"));

    private final List<String> lookedUp = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // this host
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "::1",
                "::",
                // this link, clouds' metadata
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "100.100.100.200",
                "fd00:ec2::254",
                "192.0.0.192",
                "168.63.129.16",
                // private
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "fc00::1",
                "fdff::1",
                "fec0::1",
                // many, or nobody
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "ff02::1",
                // an IPv4 address in disguise
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001:0:1::1",
                // the API server, under its public address too, and in disguise
                "203.0.113.10",
                "64:ff9b::203.0.113.10",
            })
    void what_is_not_public_is_refused_as_an_address_and_behind_a_name(String address) throws Exception {
        assertRefused(policy("", Map.of()), "https://" + bracketed(address));
        assertRefused(policy("", Map.of("bucket.example", List.of(address))), "https://bucket.example");
        assertRefused(policy("", Map.of("bucket.example", List.of(PUBLIC_V4, address))), "https://bucket.example");
        assertRefused(policy("", Map.of("bucket.example", List.of(address, PUBLIC_V6))), "https://bucket.example:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PUBLIC_V4,
                PUBLIC_V6,
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "169.253.255.255",
                "192.0.1.1",
                "11.0.0.1",
                "126.255.255.255",
                "64:ff9b::198.51.100.7",
                "2002:c633:6407::1",
                "223.255.255.255",
            })
    void what_is_public_is_connected_to_at_the_checked_address(String address) throws Exception {
        EndpointPolicy policy = policy("", Map.of("bucket.example", List.of(address)));

        assertThat(policy.resolve(bucket("https://bucket.example")).addresses()).containsExactly(ip(address));
        assertThat(policy.resolve(bucket("https://" + bracketed(address))).addresses())
                .containsExactly(ip(address));
    }

    @Test
    void a_name_is_looked_up_once_and_all_its_addresses_are_kept() throws Exception {
        EndpointPolicy policy = policy("", Map.of("bucket.example", List.of(PUBLIC_V4, PUBLIC_V6)));

        PinnedEndpoint pinned = policy.resolve(bucket("https://Bucket.Example.:8443/"));

        assertThat(pinned)
                .isEqualTo(new PinnedEndpoint(
                        URI.create("https://bucket.example:8443"), List.of(ip(PUBLIC_V4), ip(PUBLIC_V6))));
        assertThat(lookedUp).containsExactly("bucket.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0X7F000001",
                "0",
                "0177.0.0.1",
                "127.0.0.01",
                "010.0.0.1",
                "198.051.100.7"
            })
    void a_number_that_some_read_as_an_address_is_neither_used_nor_looked_up(String host) throws Exception {
        assertRefused(policy("", Map.of(host, List.of(PUBLIC_V4))), "https://" + host);
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void localhost_is_refused_however_it_is_written() throws Exception {
        Map<String, List<String>> names = Map.of("localhost", List.of("127.0.0.1", "::1"));
        for (String spelling :
                List.of("https://localhost", "https://LOCALHOST", "https://localhost.", "https://localhost:9000")) {
            assertRefused(policy("", names), spelling);
        }
    }

    @Test
    void an_address_with_a_zone_is_refused() throws Exception {
        assertRefused(policy("fe80::/10", Map.of()), "https://[fe80::1%25lo]");
    }

    @Test
    void plain_http_is_refused_to_the_public() throws Exception {
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .isThrownBy(() -> policy("", Map.of("bucket.example", List.of(PUBLIC_V4)))
                        .resolve(bucket("http://bucket.example")))
                .withMessageContaining("use https for bucket.example")
                .withMessageContaining("ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS");
    }

    @ParameterizedTest
    @CsvSource({
        "minio.storage.svc, http://minio.storage.svc:9000, 10.1.2.3",
        "MinIO.storage.svc., http://minio.storage.svc.:9000, 10.1.2.3",
        "'other, minio.storage.svc', http://minio.storage.svc, 127.0.0.1",
        "10.1.0.0/16, http://minio.storage.svc:9000, 10.1.2.3",
        "10.1.2.3, https://minio.storage.svc, 10.1.2.3",
        "127.0.0.1, http://127.0.0.1:9000, 127.0.0.1",
        "'::1', 'http://[::1]:9000', '::1'",
        "'[::1]', 'http://[0:0::1]:9000', '::1'",
        "fd00::/8, http://minio.storage.svc, fd12::3",
        "10.1.0.0/16, 'http://[64:ff9b::10.1.2.3]', '64:ff9b::10.1.2.3'",
        "10.1.0.0/16, 'http://[::ffff:10.1.2.3]', '10.1.2.3'",
        "bucket.example, http://bucket.example, 198.51.100.7",
        "0.0.0.0/0, http://bucket.example, 198.51.100.7",
    })
    void what_the_administrator_allows_is_allowed_over_http_too(String list, String endpoint, String address)
            throws Exception {
        EndpointPolicy policy = policy(
                list,
                Map.of(
                        "minio.storage.svc", List.of(address),
                        "bucket.example", List.of(address)));

        assertThat(policy.resolve(bucket(endpoint)).addresses()).containsExactly(ip(address));
    }

    @ParameterizedTest
    @CsvSource({
        "minio.storage.svc, https://evil.minio.storage.svc, 10.1.2.3",
        "minio.storage.svc, https://minio.storage.svc.evil.example, 10.1.2.3",
        "minio.storage.svc, https://10.1.2.3, 10.1.2.3",
        "10.1.0.0/16, https://evil.example, 10.2.0.1",
        "10.1.0.0/17, https://evil.example, 10.1.128.0",
        "10.1.2.3, https://evil.example, 10.1.2.4",
        "'::1', https://evil.example, 127.0.0.1",
        "0.0.0.0/0, https://evil.example, '::1'",
        "0.0.0.0/0, https://evil.example, 0.0.0.0",
        "0.0.0.0/0, https://evil.example, 224.0.0.1",
        "evil.example, https://evil.example, 255.255.255.255",
        "10.0.0.0/8, https://evil.example, 10.96.0.1",
    })
    void nothing_beyond_that_is(String list, String endpoint, String address) throws Exception {
        assertRefused(
                policy(
                        list,
                        Map.of(
                                "evil.example", List.of(address),
                                "evil.minio.storage.svc", List.of(address),
                                "minio.storage.svc.evil.example", List.of(address))),
                endpoint);
    }

    @Test
    void the_api_server_is_allowed_by_its_name_or_its_own_address_alone() throws Exception {
        Map<String, List<String>> names = Map.of("s3.node", List.of("10.96.0.1"));

        assertThat(policy("s3.node", names)
                        .resolve(bucket("http://s3.node:9000"))
                        .addresses())
                .containsExactly(ip("10.96.0.1"));
        assertThat(policy("10.96.0.1/32", names)
                        .resolve(bucket("http://s3.node:9000"))
                        .addresses())
                .containsExactly(ip("10.96.0.1"));
        assertRefused(policy("10.96.0.0/31", names), "http://s3.node:9000");
    }

    @Test
    void a_name_nobody_knows_is_an_outage_and_no_refusal() {
        assertThatExceptionOfType(BucketException.class)
                .isThrownBy(() -> policy("", Map.of()).resolve(bucket("https://bucket.example")))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(BucketException.Kind.UNAVAILABLE);
                    assertThat(e.operation()).isEqualTo(BucketOperation.RESOLVE);
                    assertThat(e.code()).isNull();
                    assertThat(e.httpStatus()).isZero();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://minio",
                "minio:9000",
                "10.0.0.0/33",
                "::1/129",
                "10.0.0/8",
                "*.example",
                "a b",
                "10.1.2",
                "a/b"
            })
    void an_allow_list_with_a_typo_names_it(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedEndpoints.parse("good.example, " + entry))
                .withMessageContaining("'" + entry + "'");
    }

    private EndpointPolicy policy(String allowed, Map<String, List<String>> names) {
        return new EndpointPolicy(AllowedEndpoints.parse(allowed), API_SERVER, host -> {
            lookedUp.add(host);
            if (!names.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            return names.get(host).stream().map(EndpointPolicyTest::ip).toArray(InetAddress[]::new);
        });
    }

    private static void assertRefused(EndpointPolicy policy, String endpoint) throws EndpointNotAllowedException {
        BucketAddress address = bucket(endpoint);
        assertThatExceptionOfType(EndpointNotAllowedException.class)
                .as(endpoint)
                .isThrownBy(() -> policy.resolve(address))
                .withMessageContaining("storage.endpoint");
    }

    private static BucketAddress bucket(String endpoint) throws EndpointNotAllowedException {
        return BucketAddress.parse(endpoint, "auto", "data");
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
