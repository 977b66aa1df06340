package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_CLOCK_SKEW;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_INVALID_ACCESS_KEY;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_NOT_FOUND;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_PREFIX_NOT_EMPTY;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_SIGNATURE_MISMATCH;
import static io.tonbo.artifacts.operator.problem.ProblemType.ENDPOINT_NOT_ALLOWED;
import static io.tonbo.artifacts.operator.problem.ProblemType.OBJECT_STORAGE_TEST_FAILED;
import static io.tonbo.artifacts.operator.problem.ProblemType.OBJECT_STORAGE_UNAVAILABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.STORAGE_CREDENTIALS_MISSING;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import java.util.List;
import java.util.Map;

/** What is wrong with the bucket, its keys or its address: the S3 server itself refuses. */
final class BucketRows {
    private BucketRows() {}

    static List<ProblemRow<ProblemPlay>> all() {
        return List.of(
                ProblemRows.row("keys-missing", STORAGE_CREDENTIALS_MISSING)
                        .saying("keys-missing-keys does not exist")
                        .before(play -> play.dropSecret("-keys"))
                        .healedBy(ProblemPlay::goodKeys),
                ProblemRows.row("half-the-keys", STORAGE_CREDENTIALS_MISSING)
                        .saying("ARTIFACTS_S3_SECRET_ACCESS_KEY")
                        .before(play -> play.scene()
                                .secret("half-the-keys-keys", Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", World.KEY_ID)))
                        .healedBy(ProblemPlay::goodKeys),
                ProblemRows.row("metadata-service", ENDPOINT_NOT_ALLOWED)
                        .by(play -> play.apply(spec -> spec.getStorage().setEndpoint("http://169.254.169.254")))
                        .healedBySpec(BucketRows::rightEndpoint),
                ProblemRows.row("loopback-endpoint", ENDPOINT_NOT_ALLOWED)
                        .by(play -> play.apply(spec -> spec.getStorage().setEndpoint("https://[::1]:9000")))
                        .healedBySpec(BucketRows::rightEndpoint),
                faulty("list-denied", BUCKET_ACCESS_DENIED, S3Action.LIST, new S3Effect.Denied())
                        .answered("AccessDenied", 403)
                        .saying("list"),
                faulty("put-denied", BUCKET_ACCESS_DENIED, S3Action.PUT, new S3Effect.Denied())
                        .answered("AccessDenied", 403)
                        .saying("put"),
                faulty("delete-denied", BUCKET_ACCESS_DENIED, S3Action.DELETE, new S3Effect.Denied())
                        .answered("AccessDenied", 403)
                        .saying("delete"),
                ProblemRows.row("no-bucket", BUCKET_NOT_FOUND)
                        .answered("NoSuchBucket", 404)
                        .before(play -> play.world().s3().deleteBucket(play.bucket()))
                        .healedBy(play -> play.world().s3().createBucket(play.bucket())),
                ProblemRows.row("unknown-key", BUCKET_INVALID_ACCESS_KEY)
                        .answered("InvalidAccessKeyId", 403)
                        .before(play -> play.keys("AKIDNOBODY", "some-secret-of-nobody"))
                        .healedBy(ProblemPlay::goodKeys),
                ProblemRows.row("wrong-secret", BUCKET_SIGNATURE_MISMATCH)
                        .answered("SignatureDoesNotMatch", 403)
                        .before(play -> play.keys(World.KEY_ID, "not-the-secret-of-that-key"))
                        .healedBy(ProblemPlay::goodKeys),
                ProblemRows.row("wrong-region", BUCKET_SIGNATURE_MISMATCH)
                        .answered("AuthorizationHeaderMalformed", 400)
                        .before(play -> {
                            play.world().s3().deleteBucket(play.bucket());
                            play.world().s3().createBucket(play.bucket(), "eu-west-7");
                        })
                        .healedBySpec(
                                play -> play.edit(spec -> spec.getStorage().setRegion("eu-west-7"))),
                faulty("clock", BUCKET_CLOCK_SKEW, S3Action.LIST, new S3Effect.Answered(403, "RequestTimeTooSkewed"))
                        .answered("RequestTimeTooSkewed", 403),
                faulty("slow-down", OBJECT_STORAGE_UNAVAILABLE, S3Action.LIST, new S3Effect.Answered(503, "SlowDown"))
                        .answered("SlowDown", 503),
                faulty("bucket-cut", OBJECT_STORAGE_UNAVAILABLE, S3Action.PUT, new S3Effect.RequestLost()),
                faulty("corrupt", OBJECT_STORAGE_TEST_FAILED, S3Action.GET, new S3Effect.Corrupted()),
                faulty(
                                "not-implemented",
                                OBJECT_STORAGE_TEST_FAILED,
                                S3Action.PUT,
                                new S3Effect.Answered(501, "NotImplemented"))
                        .answered("NotImplemented", 501),
                ProblemRows.row("prefix-not-empty", BUCKET_PREFIX_NOT_EMPTY)
                        .before(play ->
                                play.put(play.madeByCli(CliProgress.RESERVED).volumeName(), "chunks/0/0/1", "old"))
                        .healedBy(play -> play.world()
                                .s3()
                                .delete(play.bucket(), play.remote().volumeName() + "/chunks/0/0/1")));
    }

    private static ProblemRow<ProblemPlay> faulty(String name, ProblemType type, S3Action action, S3Effect effect) {
        return ProblemRows.row(name, type)
                .before(play -> play.bucketFault(action, effect))
                .healedBy(ProblemPlay::noBucketFaults);
    }

    private static void rightEndpoint(ProblemPlay play) {
        play.edit(spec ->
                spec.getStorage().setEndpoint(play.world().s3().endpoint().toString()));
    }
}
