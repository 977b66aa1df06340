package io.tonbo.artifacts.sandbox.trouble;

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
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import java.util.List;

/** What is wrong with the bucket, its keys or its address. */
final class BucketTroubles {
    private static final String OTHER_REGION = "eu-west-7";
    private static final String GOOD_KEYS = "A good pair of keys is stored in the Secret.";

    private BucketTroubles() {}

    static List<Script> all() {
        return List.of(
                Script.workspace(STORAGE_CREDENTIALS_MISSING, "There is no Secret with the bucket's keys.")
                        .before(stage ->
                                stage.objects().deleteSecret(stage.secrets().keysSecret()))
                        .followed(GOOD_KEYS, stage -> stage.secrets().goodKeys()),
                Script.workspace(ENDPOINT_NOT_ALLOWED, "spec.storage.endpoint is that of the cloud's metadata service.")
                        .by(stage ->
                                stage.applyWorkspace(spec -> spec.getStorage().setEndpoint("http://169.254.169.254")))
                        .followed(
                                "spec.storage.endpoint is corrected.",
                                stage -> stage.editWorkspace(
                                        spec -> spec.getStorage().setEndpoint(stage.endpoint()))),
                elsewhere(
                        BUCKET_ACCESS_DENIED,
                        S3Action.LIST,
                        new S3Effect.Denied(),
                        "The key may not list the bucket.",
                        "Whoever owns the bucket allows the key to list it."),
                Script.workspace(BUCKET_NOT_FOUND, "spec.storage.bucket is misspelt.")
                        .by(stage ->
                                stage.applyWorkspace(spec -> spec.getStorage().setBucket(stage.other("misspelt"))))
                        .followed(
                                "spec.storage.bucket is corrected.",
                                stage -> stage.editWorkspace(
                                        spec -> spec.getStorage().setBucket(stage.id()))),
                Script.workspace(BUCKET_INVALID_ACCESS_KEY, "The access key in the Secret is another provider's.")
                        .before(stage -> stage.secrets().keys("AKIDNOBODY", "some-secret-of-nobody"))
                        .followed(GOOD_KEYS, stage -> stage.secrets().goodKeys()),
                Script.workspace(BUCKET_SIGNATURE_MISMATCH, "spec.storage.region is not the bucket's.")
                        .by(stage -> {
                            stage.buckets().make(stage.other(OTHER_REGION), OTHER_REGION);
                            stage.applyWorkspace(spec -> spec.getStorage().setBucket(stage.other(OTHER_REGION)));
                        })
                        .followed(
                                "spec.storage.region is corrected.",
                                stage -> stage.editWorkspace(
                                        spec -> spec.getStorage().setRegion(OTHER_REGION))),
                elsewhere(
                        BUCKET_CLOCK_SKEW,
                        S3Action.LIST,
                        new S3Effect.Answered(403, "RequestTimeTooSkewed"),
                        "The S3 server finds the request's time too far from its own.",
                        "The clocks agree again."),
                Script.workspace(BUCKET_PREFIX_NOT_EMPTY, "Where the volume would keep its chunks there is an old one.")
                        .before(stage -> stage.buckets()
                                .put(
                                        stage.remote()
                                                        .madeByCli(CliProgress.RESERVED)
                                                        .volumeName() + "/chunks/0/0/1",
                                        "old"))
                        .followed(
                                "The Workspace gets another spec.name, and so an empty prefix.",
                                stage -> stage.editWorkspace(spec -> spec.setName(stage.other("2")))),
                Script.workspace(OBJECT_STORAGE_TEST_FAILED, "The bucket's server cannot store objects.")
                        .before(stage -> {
                            stage.buckets().make(stage.other("bucket"));
                            stage.buckets().fault(S3Action.PUT, new S3Effect.Answered(501, "NotImplemented"));
                        })
                        .followed(
                                "spec.storage names a bucket that can.",
                                stage -> stage.editWorkspace(
                                        spec -> spec.getStorage().setBucket(stage.other("bucket")))),
                Script.workspace(OBJECT_STORAGE_UNAVAILABLE, "The S3 server answers 503 SlowDown.")
                        .before(stage -> stage.buckets().fault(S3Action.LIST, new S3Effect.Answered(503, "SlowDown")))
                        .passing("The S3 server serves again.", stage -> stage.buckets()
                                .noFaults()));
    }

    private static Script elsewhere(ProblemType type, S3Action action, S3Effect effect, String cause, String remedy) {
        return Script.workspace(type, cause)
                .before(stage -> stage.buckets().fault(action, effect))
                .elsewhere(remedy, stage -> stage.buckets().noFaults());
    }
}
