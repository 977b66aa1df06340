package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tonbo.artifacts.sandbox.SandboxAuthority;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whom the bucket's client connects to, and whom it believes. */
class BucketTlsTest {
    private static final BucketKeys KEYS = new BucketKeys("AKIAGOOD", "good-secret", null);

    private static SandboxAuthority authority;
    private static SandboxS3 https;
    private static SandboxS3 http;

    @BeforeAll
    static void start() {
        authority = SandboxAuthority.create();
        https = prepared(SandboxS3.start(authority.server("bucket.example")));
        http = prepared(SandboxS3.start());
    }

    @AfterAll
    static void stop() {
        https.close();
        http.close();
    }

    @Test
    void the_name_in_the_certificate_is_checked_and_the_address_is_the_pinned_one() throws Exception {
        try (Bucket bucket = open("https://bucket.example:" + https.endpoint().getPort(), authority.client())) {
            bucket.checkReachable();
            bucket.probe("vol-1");
        }
        assertThat(https.requests()).isNotEmpty();
    }

    @Test
    void a_name_that_the_certificate_does_not_hold_is_refused() throws Exception {
        assertRefused("https://other.example:" + https.endpoint().getPort(), authority.client());
        assertRefused("https://127.0.0.1:" + https.endpoint().getPort(), authority.client());
    }

    @Test
    void an_authority_that_nobody_vouched_for_is_refused() throws Exception {
        assertRefused("https://bucket.example:" + https.endpoint().getPort(), null);
        assertRefused(
                "https://bucket.example:" + https.endpoint().getPort(),
                SandboxAuthority.create().client());
    }

    @Test
    void a_server_without_tls_is_refused() throws Exception {
        assertRefused("https://bucket.example:" + http.endpoint().getPort(), authority.client());
    }

    @Test
    void a_proxy_in_the_environment_is_not_asked() throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try (Bucket bucket = open("http://bucket.example:" + http.endpoint().getPort(), null)) {
            bucket.probe("vol-1");
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
    }

    @Test
    void credentials_in_the_environment_are_not_used() throws Exception {
        System.setProperty("aws.accessKeyId", "AKIAOTHER");
        System.setProperty("aws.secretAccessKey", "other");
        System.setProperty("aws.region", "eu-west-1");
        try (Bucket bucket = open("http://bucket.example:" + http.endpoint().getPort(), null)) {
            bucket.probe("vol-1");
        } finally {
            List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region").forEach(System::clearProperty);
        }
        assertThat(http.requests()).allSatisfy(request -> {
            assertThat(request.accessKeyId()).isEqualTo("AKIAGOOD");
            assertThat(request.region()).isEqualTo("auto");
        });
    }

    private static SandboxS3 prepared(SandboxS3 s3) {
        s3.addKey("AKIAGOOD", "good-secret");
        s3.createBucket("data");
        return s3;
    }

    /** No name server knows these names: only a client that uses the pinned address gets anywhere. */
    private static Bucket open(String endpoint, SSLContext tls) throws Exception {
        PinnedEndpoint pinned =
                new PinnedEndpoint(URI.create(endpoint), List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
        return Bucket.open(BucketAddress.parse(endpoint, "auto", "data"), KEYS, pinned, tls, BucketTimeouts.DEFAULT);
    }

    private static void assertRefused(String endpoint, SSLContext tls) throws Exception {
        try (Bucket bucket = open(endpoint, tls)) {
            BucketException refused = catchThrowableOfType(BucketException.class, bucket::checkReachable);
            assertThat(refused).hasNoCause().hasMessageContaining("certificate");
            assertThat(refused.kind()).isEqualTo(BucketException.Kind.UNAVAILABLE);
        }
    }
}
