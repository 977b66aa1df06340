package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.CHECK_FAILED;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.UNAVAILABLE;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tonbo.artifacts.sandbox.SandboxS3;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import io.tonbo.artifacts.sandbox.s3.S3Request;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bucket's checks against a real S3 server that refuses for real. */
class BucketTest {
    private static final String BUCKET = "data";
    private static final String VOLUME = "vol-1";
    private static final UUID OURS = UUID.fromString("6f1b8b4e-6b3c-4c52-9f0a-2f5d3a1c7e90");
    private static final BucketKeys KEYS = new BucketKeys("AKIAGOOD", "good-secret", null);
    private static final BucketTimeouts SHORT = new BucketTimeouts(Duration.ofSeconds(1), Duration.ofMillis(700));

    private static SandboxS3 s3;

    @BeforeAll
    static void start() {
        s3 = SandboxS3.start();
        s3.addKey("AKIAGOOD", "good-secret");
        s3.createBucket("tigris", "auto");
        s3.createBucket("west", "us-west-1", new S3Effect.Answered(403, "SignatureDoesNotMatch"));
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void freshBucket() {
        s3.faults().clear();
        s3.deleteBucket(BUCKET);
        s3.createBucket(BUCKET);
        s3.forgetRequests();
    }

    // What goes right

    @Test
    void a_good_bucket_is_reachable_with_one_request() throws Exception {
        try (Bucket bucket = open(KEYS)) {
            bucket.checkReachable();
        }
        assertThat(s3.requests()).extracting(S3Request::action).containsExactly(S3Action.LIST);
    }

    @Test
    void the_probe_puts_gets_and_deletes_below_testing_and_leaves_nothing() throws Exception {
        try (Bucket bucket = open(KEYS)) {
            bucket.probe(VOLUME);
        }
        assertThat(s3.requests())
                .extracting(S3Request::action)
                .containsExactly(S3Action.PUT, S3Action.GET, S3Action.DELETE);
        assertThat(s3.requests())
                .allSatisfy(request -> assertThat(request.key()).startsWith("vol-1/testing/"));
        assertThat(s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void the_uuid_is_written_once_and_never_over_anothers() throws Exception {
        try (Bucket bucket = open(KEYS)) {
            assertThat(bucket.readUuid(VOLUME)).isEmpty();
            assertThat(bucket.putUuidIfAbsent(VOLUME, OURS)).isTrue();
            assertThat(bucket.putUuidIfAbsent(VOLUME, OURS)).isTrue();
            assertThat(bucket.putUuidIfAbsent(VOLUME, UUID.randomUUID())).isFalse();
            assertThat(bucket.readUuid(VOLUME)).contains(OURS.toString());
        }
        assertThat(s3.get(BUCKET, "vol-1/juicefs_uuid"))
                .contains(OURS.toString().getBytes(UTF_8));
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void an_empty_uuid_object_is_none(String content) throws Exception {
        s3.put(BUCKET, "vol-1/juicefs_uuid", content.getBytes(UTF_8));
        try (Bucket bucket = open(KEYS)) {
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
        s3.put(BUCKET, key, content.getBytes(UTF_8));
        try (Bucket bucket = open(KEYS)) {
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isEqualTo(empty);
        }
    }

    @Test
    void an_object_behind_a_thousand_left_overs_is_found() throws Exception {
        for (int i = 0; i < 1001; i++) {
            s3.put(BUCKET, "vol-1/testing/" + i, new byte[] {1});
        }
        try (Bucket bucket = open(KEYS)) {
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isTrue();
            s3.put(BUCKET, "vol-1/testing/zz", new byte[] {1});
            s3.put(BUCKET, "vol-1/zz", new byte[] {1});
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isFalse();
        }
    }

    // The four of the documentation, told apart by the server's code

    @ParameterizedTest
    @EnumSource(
            value = S3Action.class,
            names = {"GET", "PUT", "DELETE"})
    void a_policy_that_denies_one_operation_is_named_by_it(S3Action denied) throws Exception {
        s3.faults()
                .on(
                        S3Match.any()
                                .bucket(BUCKET)
                                .key("AKIAGOOD")
                                .prefix("vol-1/")
                                .action(denied),
                        new S3Effect.Denied());
        try (Bucket bucket = open(KEYS)) {
            bucket.checkReachable();
            BucketException refused = refused(() -> bucket.probe(VOLUME));
            assertIs(refused, USER, BucketOperation.valueOf(denied.name()), "AccessDenied", 403);
            bucket.probe("vol-2");
        }
    }

    @Test
    void a_policy_that_denies_listing_is_too() throws Exception {
        s3.faults().on(S3Match.any().action(S3Action.LIST), new S3Effect.Denied());
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "AccessDenied", 403);
            assertIs(refused(() -> bucket.isEmptyFor(VOLUME, OURS)), USER, BucketOperation.LIST, "AccessDenied", 403);
        }
    }

    @Test
    void a_denied_read_still_cleans_up_what_was_written() throws Exception {
        s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Denied());
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.GET, "AccessDenied", 403);
        }
        assertThat(s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void a_bucket_that_is_not_there_is_said_to_be_and_not_created() throws Exception {
        s3.deleteBucket(BUCKET);
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "NoSuchBucket", 404);
            assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.PUT, "NoSuchBucket", 404);
            assertIs(refused(() -> bucket.readUuid(VOLUME)), USER, BucketOperation.GET, "NoSuchBucket", 404);
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "NoSuchBucket", 404);
        }
    }

    @Test
    void a_key_that_the_server_does_not_know_is_said_to_be() throws Exception {
        try (Bucket bucket = open(new BucketKeys("AKIAUNKNOWN", "good-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "InvalidAccessKeyId", 403);
        }
    }

    @Test
    void a_wrong_secret_makes_a_signature_that_does_not_match() throws Exception {
        try (Bucket bucket = open(new BucketKeys("AKIAGOOD", "wrong-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "SignatureDoesNotMatch", 403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tigris, us-east-1, AuthorizationHeaderMalformed, 400",
        "tigris, '', AuthorizationHeaderMalformed, 400",
        "west, us-east-1, SignatureDoesNotMatch, 403",
        "west, auto, SignatureDoesNotMatch, 403",
    })
    void a_wrong_region_is_told_by_the_code_of_the_provider(String name, String region, String code, int status)
            throws Exception {
        try (Bucket bucket = open(KEYS, name, region, BucketTimeouts.DEFAULT)) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, code, status);
        }
    }

    @ParameterizedTest
    @CsvSource({"tigris, auto", "west, us-west-1", "data, auto", "data, eu-central-1", "data, ''"})
    void the_right_region_works_auto_included(String name, String region) throws Exception {
        try (Bucket bucket = open(KEYS, name, region, BucketTimeouts.DEFAULT)) {
            bucket.checkReachable();
            bucket.probe(VOLUME);
        }
    }

    @Test
    void a_temporary_key_works_with_its_token_only() throws Exception {
        s3.addKey("ASIATEMP", "temp-secret", "the-token");
        try (Bucket bucket = open(new BucketKeys("ASIATEMP", "temp-secret", "the-token"))) {
            bucket.probe(VOLUME);
        }
        try (Bucket bucket = open(new BucketKeys("ASIATEMP", "temp-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "InvalidToken", 400);
        }
    }

    // Everything else a server may answer

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, UNAVAILABLE",
        "500, InternalError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE",
        "504, GatewayTimeout, UNAVAILABLE",
        "429, TooManyRequests, UNAVAILABLE",
        "400, RequestTimeout, UNAVAILABLE",
        "409, OperationAborted, UNAVAILABLE",
        "403, RequestTimeTooSkewed, USER",
        "400, ExpiredToken, USER",
        "403, AllAccessDisabled, USER",
        "400, SomethingNew.OfTomorrow, USER",
    })
    void an_error_document_is_told_by_its_code_in_one_request(int status, String code, BucketException.Kind kind)
            throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.Answered(status, code));
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(bucket::checkReachable), kind, BucketOperation.LIST, code, status);
            assertIs(refused(() -> bucket.probe(VOLUME)), kind, BucketOperation.PUT, code, status);
        }
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.LIST)
                .hasSize(1);
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'<b>internal</b> page', 403",
        "'Code with spaces', 400",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 400"
    })
    void what_does_not_look_like_a_code_is_not_repeated(String code, int status) throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.Answered(status, code.replace("<", "&lt;")));
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, null, status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html><body>secret-page</body></html>",
        "200, text/html, <!doctype html><p>secret-page",
        "200, application/json, '{\"secret-page\": 1}'",
        "200, text/plain, ''",
        "404, text/html, <html>secret-page</html>",
        "403, text/plain, secret-page",
        "502, text/html, <html>secret-page</html>",
        "200, application/xml, '<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ListBucketResult><Name>&e;</Name></ListBucketResult>'",
    })
    void a_server_that_is_no_s3_server_is_not_read_out(int status, String type, String body) throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.Foreign(status, type, body));
        try (Bucket bucket = open(KEYS)) {
            BucketException failed = refused(() -> {
                bucket.checkReachable();
                bucket.probe(VOLUME);
            });
            assertThat(failed.kind()).isEqualTo(status == 200 ? CHECK_FAILED : status >= 500 ? UNAVAILABLE : USER);
            assertThat(failed.code()).isNull();
            assertTellsNothing(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirection_is_reported_and_carries_no_credentials_anywhere(int status) throws Exception {
        try (SandboxS3 thief = SandboxS3.start()) {
            s3.faults()
                    .on(
                            S3Match.any(),
                            new S3Effect.Redirected(status, thief.endpoint().resolve("/data")));
            try (Bucket bucket = open(KEYS)) {
                assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "PermanentRedirect", status);
                assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.PUT, "PermanentRedirect", status);
            }
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void an_object_that_does_not_come_back_as_it_was_is_tried_three_times() throws Exception {
        s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Corrupted());
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(() -> bucket.probe(VOLUME)), CHECK_FAILED, BucketOperation.GET, null, 0);
        }
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(3);
        assertThat(s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void an_object_that_comes_back_at_the_third_try_is_good_enough() throws Exception {
        s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Corrupted(), 1);
        s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Answered(404, "NoSuchKey"), 1);
        try (Bucket bucket = open(KEYS)) {
            bucket.probe(VOLUME);
        }
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(3);
    }

    @Test
    void an_answer_without_end_is_cut_off() throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.Huge(50_000_000));
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(bucket::checkReachable), CHECK_FAILED, BucketOperation.LIST, null, 0);
            assertIs(refused(() -> bucket.readUuid(VOLUME)), CHECK_FAILED, BucketOperation.GET, null, 0);
        }
        assertThat(s3.hugeBytesSent())
                .as("sent before the two connections were cut")
                .isLessThan(60_000_000);
    }

    @Test
    void a_server_that_never_answers_does_not_hold_us() throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.Silent());
        try (Bucket bucket = open(KEYS, BUCKET, "auto", SHORT)) {
            BucketException failed = refused(bucket::checkReachable);
            assertIs(failed, UNAVAILABLE, BucketOperation.LIST, null, 0);
            assertThat(failed).hasMessageContaining("in time");
        }
        s3.faults().clear();
        s3.faults().on(S3Match.any(), new S3Effect.Slow(Duration.ofSeconds(5)), 1);
        try (Bucket bucket = open(KEYS, BUCKET, "auto", SHORT)) {
            assertIs(refused(bucket::checkReachable), UNAVAILABLE, BucketOperation.LIST, null, 0);
        }
        assertThat(Thread.interrupted()).as("interrupt left behind").isFalse();
    }

    @Test
    void a_lost_request_or_reply_is_an_outage_and_is_not_repeated() throws Exception {
        s3.faults().on(S3Match.any(), new S3Effect.RequestLost(), 1);
        try (Bucket bucket = open(KEYS)) {
            assertIs(refused(() -> bucket.putUuidIfAbsent(VOLUME, OURS)), UNAVAILABLE, BucketOperation.GET, null, 0);
            s3.faults().on(S3Match.any().action(S3Action.PUT), new S3Effect.ReplyLost(), 1);
            assertIs(refused(() -> bucket.putUuidIfAbsent(VOLUME, OURS)), UNAVAILABLE, BucketOperation.PUT, null, 0);
            assertThat(bucket.readUuid(VOLUME)).contains(OURS.toString());
        }
        assertThat(s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(1);
    }

    @Test
    void a_server_that_is_gone_is_an_outage() throws Exception {
        SandboxS3 gone = SandboxS3.start();
        BucketAddress address = BucketAddress.parse(gone.endpoint().toString(), "auto", BUCKET);
        gone.close();
        try (Bucket bucket = Bucket.open(address, KEYS, pinned(address), null, SHORT)) {
            BucketException failed = refused(bucket::checkReachable);
            assertIs(failed, UNAVAILABLE, BucketOperation.LIST, null, 0);
            assertThat(failed).hasMessageContaining("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "../other", "Vol", "vol 1"})
    void a_name_that_is_none_touches_no_object(String volume) throws Exception {
        try (Bucket bucket = open(KEYS)) {
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.probe(volume));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.readUuid(volume));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.isEmptyFor(volume, OURS));
            assertThatIllegalArgumentException().isThrownBy(() -> bucket.putUuidIfAbsent(volume, OURS));
        }
        assertThat(s3.requests()).isEmpty();
    }

    private static Bucket open(BucketKeys keys) throws Exception {
        return open(keys, BUCKET, "auto", BucketTimeouts.DEFAULT);
    }

    private static Bucket open(BucketKeys keys, String name, String region, BucketTimeouts timeouts) throws Exception {
        BucketAddress address = BucketAddress.parse(s3.endpoint().toString(), region, name);
        return Bucket.open(address, keys, pinned(address), null, timeouts);
    }

    private static PinnedEndpoint pinned(BucketAddress address) throws Exception {
        return new EndpointPolicy(AllowedEndpoints.parse("127.0.0.1"), List.of()).resolve(address);
    }

    private interface Call {
        void run() throws Exception;
    }

    private static BucketException refused(Call call) {
        BucketException refused = catchThrowableOfType(BucketException.class, call::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    private static void assertIs(
            BucketException e, BucketException.Kind kind, BucketOperation operation, String code, int status) {
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.httpStatus()).isEqualTo(status);
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.kind()).isEqualTo(kind);
        assertTellsNothing(e);
    }

    private static void assertTellsNothing(BucketException e) {
        assertThat(e).hasNoCause();
        assertThat(e.getMessage())
                .doesNotContain("sandbox", "internal</b>", "Code with", "secret", "AKIA", "aaaaaaaa", "Signature=");
    }
}
