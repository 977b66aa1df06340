package io.tonbo.artifacts.sandbox.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The S3 server of the sandbox is as strict as a real one, through the stock SDK client. Like many servers it does not know
 * the checksum trailers that this client sends by default.
 */
class SandboxS3Test {
    private static SandboxS3 server;
    private static S3Client alice;
    private static S3Client bob;

    @BeforeAll
    static void start() {
        server = SandboxS3.start();
        server.addKey("alice", "alice-secret");
        server.addKey("bob", "bob-secret");
        server.createBucket("data");
        alice = client("alice", "alice-secret");
        bob = client("bob", "bob-secret");
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        server.close();
    }

    @BeforeEach
    void nothingOn() {
        server.faults().clear();
        server.forgetRequests();
    }

    @Test
    void the_stock_client_writes_lists_reads_and_deletes() {
        alice.putObject(put -> put.bucket("data").key("a/b c"), RequestBody.fromBytes("text".getBytes(UTF_8)));
        assertThat(bob.getObjectAsBytes(get -> get.bucket("data").key("a/b c")).asUtf8String())
                .isEqualTo("text");
        assertThat(bob.listObjectsV2(list -> list.bucket("data").prefix("a/")).contents())
                .hasSize(1);
        alice.deleteObject(delete -> delete.bucket("data").key("a/b c"));
        assertThat(server.keys("data", "a/")).isEmpty();
    }

    @Test
    void only_the_administrator_makes_and_deletes_buckets() {
        assertRefused(() -> alice.createBucket(create -> create.bucket("mine")), "AccessDenied");
        assertRefused(() -> alice.deleteBucket(delete -> delete.bucket("data")), "AccessDenied");
        assertRefused(() -> alice.listObjectsV2(list -> list.bucket("mine")), "NoSuchBucket");
        alice.listObjectsV2(list -> list.bucket("data"));
    }

    @Test
    void who_does_not_sign_is_nobody() throws Exception {
        server.put("data", "secret", new byte[] {1});
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.endpoint().resolve("/data/secret"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void a_key_lives_until_it_is_removed() {
        server.addKey("carol", "first");
        S3Client carol = client("carol", "first");
        carol.listObjectsV2(list -> list.bucket("data"));
        server.addKey("carol", "second");
        assertRefused(() -> carol.listObjectsV2(list -> list.bucket("data")), "SignatureDoesNotMatch");
        server.removeKey("carol");
        assertRefused(() -> carol.listObjectsV2(list -> list.bucket("data")), "InvalidAccessKeyId");
        carol.close();
    }

    @Test
    void a_fault_meets_whom_it_is_meant_for() {
        server.put("data", "v/x", new byte[] {1});
        server.put("data", "w/x", new byte[] {1});
        server.faults()
                .on(S3Match.any().bucket("data").key("alice").prefix("v/").action(S3Action.GET), new S3Effect.Denied());

        assertRefused(() -> alice.getObjectAsBytes(get -> get.bucket("data").key("v/x")), "AccessDenied");
        alice.getObjectAsBytes(get -> get.bucket("data").key("w/x"));
        bob.getObjectAsBytes(get -> get.bucket("data").key("v/x"));
        alice.putObject(put -> put.bucket("data").key("v/x"), RequestBody.fromBytes("2".getBytes(UTF_8)));
    }

    @Test
    void a_fault_can_be_counted_and_switched_off() {
        S3Match listing = S3Match.any().action(S3Action.LIST);
        server.faults().on(listing, new S3Effect.Answered(403, "AccessDenied"), 1);
        assertRefused(() -> alice.listObjectsV2(list -> list.bucket("data")), "AccessDenied");
        alice.listObjectsV2(list -> list.bucket("data"));

        server.faults().on(listing, new S3Effect.Answered(400, "ExpiredToken"));
        assertRefused(() -> alice.listObjectsV2(list -> list.bucket("data")), "ExpiredToken");
        server.faults().off(listing);
        alice.listObjectsV2(list -> list.bucket("data"));
    }

    @Test
    void a_list_is_denied_by_its_prefix() {
        server.faults().on(S3Match.any().prefix("v/").action(S3Action.LIST), new S3Effect.Denied());
        assertRefused(() -> alice.listObjectsV2(list -> list.bucket("data").prefix("v/")), "AccessDenied");
        alice.listObjectsV2(list -> list.bucket("data").prefix("w/"));
        alice.listObjectsV2(list -> list.bucket("data"));
    }

    @Test
    void an_observer_sees_the_work_done_and_the_client_still_waiting() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> calls = new CopyOnWriteArrayList<>();
        try (S3Observer.Subscription watching = server.observe((method, bucket, key) -> {
            calls.add(method + " " + bucket + " " + key);
            seen.countDown();
            await(release);
        })) {
            CompletableFuture<Void> put = CompletableFuture.runAsync(() ->
                    alice.putObject(p -> p.bucket("data").key("observed"), RequestBody.fromBytes("x".getBytes(UTF_8))));
            assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.get("data", "observed")).contains("x".getBytes(UTF_8));
            assertThat(put).isNotDone();
            release.countDown();
            put.get(30, TimeUnit.SECONDS);
            assertThat(watching).isNotNull();
        }
        alice.deleteObject(delete -> delete.bucket("data").key("observed"));
        assertThat(calls).containsExactly("PUT data observed");
    }

    @Test
    void an_observer_also_sees_what_was_refused() {
        List<String> calls = new CopyOnWriteArrayList<>();
        S3Client stranger = client("stranger", "x");
        try (S3Observer.Subscription watching =
                server.observe((method, bucket, key) -> calls.add(method + " " + bucket + " " + key))) {
            assertRefused(
                    () -> stranger.listObjectsV2(list -> list.bucket("data").prefix("v/")), "InvalidAccessKeyId");
            assertThat(watching).isNotNull();
        }
        assertThat(calls).containsExactly("GET data v/");
        assertThat(server.requests())
                .containsExactly(new S3Request("GET", "data", "v/", S3Action.LIST, "stranger", "us-east-1"));
        stranger.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the reply");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertRefused(Runnable call, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo(code));
    }

    private static S3Client client(String id, String secret) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .serviceConfiguration(s3 -> s3.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .build();
    }
}
