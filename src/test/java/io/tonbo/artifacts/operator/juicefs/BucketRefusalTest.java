package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.USER;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.BUCKET;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.KEYS;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.OURS;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.VOLUME;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.assertIs;
import static io.tonbo.artifacts.operator.juicefs.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real S3 server refuses for real, and the four documented errors are told apart by its code. */
class BucketRefusalTest {
    @RegisterExtension
    static final BucketFixture fixture = new BucketFixture();

    @BeforeAll
    static void regions() {
        fixture.s3.createBucket("tigris", "auto");
        fixture.s3.createBucket("west", "us-west-1", new S3Effect.Answered(403, "SignatureDoesNotMatch"));
    }

    @ParameterizedTest
    @EnumSource(
            value = S3Action.class,
            names = {"GET", "PUT", "DELETE"})
    void a_policy_that_denies_one_operation_is_named_by_it(S3Action denied) throws Exception {
        fixture.s3
                .faults()
                .on(
                        S3Match.any()
                                .bucket(BUCKET)
                                .key("AKIAGOOD")
                                .prefix("vol-1/")
                                .action(denied),
                        new S3Effect.Denied());
        try (Bucket bucket = fixture.open()) {
            bucket.checkReachable();
            BucketException refused = refused(() -> bucket.probe(VOLUME));
            assertIs(refused, USER, BucketOperation.valueOf(denied.name()), "AccessDenied", 403);
            bucket.probe("vol-2");
        }
    }

    @Test
    void a_policy_that_denies_listing_is_too() throws Exception {
        fixture.s3.faults().on(S3Match.any().action(S3Action.LIST), new S3Effect.Denied());
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "AccessDenied", 403);
            assertIs(refused(() -> bucket.isEmptyFor(VOLUME, OURS)), USER, BucketOperation.LIST, "AccessDenied", 403);
        }
    }

    @Test
    void a_denied_read_still_cleans_up_what_was_written() throws Exception {
        fixture.s3.faults().on(S3Match.any().action(S3Action.GET), new S3Effect.Denied());
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.GET, "AccessDenied", 403);
        }
        assertThat(fixture.s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void a_bucket_that_is_not_there_is_said_to_be_and_not_created() throws Exception {
        fixture.s3.deleteBucket(BUCKET);
        try (Bucket bucket = fixture.open()) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "NoSuchBucket", 404);
            assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.PUT, "NoSuchBucket", 404);
            assertIs(refused(() -> bucket.readUuid(VOLUME)), USER, BucketOperation.GET, "NoSuchBucket", 404);
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "NoSuchBucket", 404);
        }
    }

    @Test
    void a_key_that_the_server_does_not_know_is_said_to_be() throws Exception {
        try (Bucket bucket = fixture.open(new BucketKeys("AKIAUNKNOWN", "good-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "InvalidAccessKeyId", 403);
        }
    }

    @Test
    void a_wrong_secret_makes_a_signature_that_does_not_match() throws Exception {
        try (Bucket bucket = fixture.open(new BucketKeys("AKIAGOOD", "wrong-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "SignatureDoesNotMatch", 403);
            assertIs(refused(() -> bucket.probe(VOLUME)), USER, BucketOperation.PUT, "SignatureDoesNotMatch", 403);
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
        try (Bucket bucket = fixture.open(KEYS, name, region, BucketTimeouts.DEFAULT)) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, code, status);
        }
    }

    @ParameterizedTest
    @CsvSource({"tigris, auto", "west, us-west-1", "data, auto", "data, eu-central-1", "data, ''"})
    void the_right_region_works_auto_included(String name, String region) throws Exception {
        try (Bucket bucket = fixture.open(KEYS, name, region, BucketTimeouts.DEFAULT)) {
            bucket.checkReachable();
            bucket.probe(VOLUME);
        }
    }

    @Test
    void a_temporary_key_works_with_its_token_only() throws Exception {
        fixture.s3.addKey("ASIATEMP", "temp-secret", "the-token");
        try (Bucket bucket = fixture.open(new BucketKeys("ASIATEMP", "temp-secret", "the-token"))) {
            bucket.probe(VOLUME);
        }
        try (Bucket bucket = fixture.open(new BucketKeys("ASIATEMP", "temp-secret", null))) {
            assertIs(refused(bucket::checkReachable), USER, BucketOperation.LIST, "InvalidToken", 400);
        }
    }
}
