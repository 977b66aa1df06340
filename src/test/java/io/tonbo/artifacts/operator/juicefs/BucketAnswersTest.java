package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.CHECK_FAILED;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.UNAVAILABLE;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.USER;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.BUCKET;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.KEYS;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.OURS;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.VOLUME;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.assertIs;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.assertTellsNothing;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What else a server, or something that is none, may answer or leave unanswered. */
class BucketAnswersTest {
    @RegisterExtension
    static final BucketFixture fixture = new BucketFixture();

    private static final BucketTimeouts SHORT = new BucketTimeouts(Duration.ofSeconds(1), Duration.ofMillis(700));

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
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Answered(status, code));
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(bucket::checkReachable), kind, BucketOperation.LIST, code, status);
            assertIs(refused(() -> bucket.probe(VOLUME)), kind, BucketOperation.PUT, code, status);
        }
        assertThat(fixture.s3.requests())
                .filteredOn(request -> request.action() == S3Action.LIST)
                .hasSize(1);
        assertThat(fixture.s3.requests())
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
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Answered(status, code.replace("<", "&lt;")));
        try (Bucket bucket = fixture.open()) {
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
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Foreign(status, type, body));
        try (Bucket bucket = fixture.open()) {
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
    @ValueSource(
            strings = {
                "<Contents><Key>vol-1/x</Key><Size>secret-page</Size></Contents>",
                "<Contents><Key>vol-1/x</Key><LastModified>secret-page</LastModified></Contents>",
                "<Contents><Size>1</Size></Contents>",
                "<Contents><Key>other/secret-page</Key><Size>1</Size></Contents>",
                "<Contents><Key>%zz</Key></Contents><EncodingType>url</EncodingType>",
                "<IsTruncated>secret-page</IsTruncated><Contents><Key>other/x</Key><Size>1</Size></Contents>",
            })
    void a_list_that_makes_no_sense_is_not_taken_for_an_answer(String list) throws Exception {
        String document = "<?xml version=\"1.0\"?><ListBucketResult>" + list + "</ListBucketResult>";
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Foreign(200, "application/xml", document));
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(() -> bucket.isEmptyFor(VOLUME, OURS)), CHECK_FAILED, BucketOperation.LIST, null, 0);
        }
    }

    @Test
    void a_list_that_never_ends_is_no_empty_place() throws Exception {
        String document = "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated>"
                + "<Contents><Key>vol-1/testing/x</Key><Size>1</Size></Contents></ListBucketResult>";
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Foreign(200, "application/xml", document));
        try (Bucket bucket = fixture.open()) {
            assertThat(bucket.isEmptyFor(VOLUME, OURS)).isFalse();
        }
        assertThat(fixture.s3.requests()).hasSizeLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirection_is_reported_and_carries_no_credentials_anywhere(int status) throws Exception {
        try (SandboxS3 thief = SandboxS3.start()) {
            fixture.s3
                    .faults()
                    .on(
                            S3Match.any(),
                            new S3Effect.Redirected(status, thief.endpoint().resolve("/data")));
            try (Bucket bucket = fixture.open()) {
                assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "PermanentRedirect", status);
                assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.PUT, "PermanentRedirect", status);
            }
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void an_object_that_does_not_come_back_as_it_was_is_tried_three_times() throws Exception {
        fixture.s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Corrupted());
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(() -> bucket.probe(VOLUME)), CHECK_FAILED, BucketOperation.GET, null, 0);
        }
        assertThat(fixture.s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(3);
        assertThat(fixture.s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void an_object_that_comes_back_at_the_third_try_is_good_enough() throws Exception {
        fixture.s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Corrupted(), 1);
        fixture.s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Answered(404, "NoSuchKey"), 1);
        try (Bucket bucket = fixture.open()) {
            bucket.probe(VOLUME);
        }
        assertThat(fixture.s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(3);
    }

    @Test
    void an_answer_without_end_is_cut_off() throws Exception {
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Huge(50_000_000));
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(bucket::checkReachable), CHECK_FAILED, BucketOperation.LIST, null, 0);
            assertIs(refused(() -> bucket.readUuid(VOLUME)), CHECK_FAILED, BucketOperation.GET, null, 0);
        }
        assertThat(fixture.s3.hugeBytesSent())
                .as("sent before the two connections were cut")
                .isLessThan(60_000_000);
    }

    @Test
    void a_server_that_never_answers_does_not_hold_us() throws Exception {
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Silent());
        try (Bucket bucket = fixture.open(KEYS, BUCKET, "auto", SHORT)) {
            BucketException failed = refused(bucket::checkReachable);
            assertIs(failed, UNAVAILABLE, BucketOperation.LIST, null, 0);
            assertThat(failed).hasMessageContaining("in time");
        }
        fixture.s3.faults().clear();
        fixture.s3.faults().on(S3Match.any(), new S3Effect.Slow(Duration.ofSeconds(5)), 1);
        try (Bucket bucket = fixture.open(KEYS, BUCKET, "auto", SHORT)) {
            assertIs(refused(bucket::checkReachable), UNAVAILABLE, BucketOperation.LIST, null, 0);
        }
        assertThat(Thread.interrupted()).as("interrupt left behind").isFalse();
    }

    @Test
    void a_lost_request_or_reply_is_an_outage_and_is_not_repeated() throws Exception {
        fixture.s3.faults().on(S3Match.any(), new S3Effect.RequestLost(), 1);
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(() -> bucket.putUuidIfAbsent(VOLUME, OURS)), UNAVAILABLE, BucketOperation.GET, null, 0);
            fixture.s3.faults().on(S3Match.any().action(S3Action.PUT), new S3Effect.ReplyLost(), 1);
            assertIs(refused(() -> bucket.putUuidIfAbsent(VOLUME, OURS)), UNAVAILABLE, BucketOperation.PUT, null, 0);
            assertThat(bucket.readUuid(VOLUME)).contains(OURS.toString());
        }
        assertThat(fixture.s3.requests())
                .filteredOn(request -> request.action() == S3Action.PUT)
                .hasSize(1);
    }

    @Test
    void a_server_that_is_gone_is_an_outage() throws Exception {
        SandboxS3 gone = SandboxS3.start();
        BucketAddress address = BucketAddress.parse(gone.endpoint().toString(), "auto", BUCKET);
        gone.close();
        try (Bucket bucket = BucketFixture.open(address, KEYS, SHORT)) {
            BucketException failed = refused(bucket::checkReachable);
            assertIs(failed, UNAVAILABLE, BucketOperation.LIST, null, 0);
            assertThat(failed).hasMessageContaining("refused");
        }
    }
}
