package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.CHECK_FAILED;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.UNAVAILABLE;
import static io.tonbo.artifacts.operator.juicefs.BucketException.Kind.USER;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Turns what the S3 client throws into a {@link BucketException}, leaving behind every word that the server chose. */
final class BucketFailures {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

    /** What a server answers with a 4xx although it is the server that cannot go on. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "SlowDown", "RequestTimeout", "Throttling", "ThrottlingException", "TooManyRequests", "OperationAborted");

    private BucketFailures() {}

    static BucketException of(BucketOperation operation, RuntimeException failure) {
        return failure instanceof AwsServiceException answer
                ? refused(operation, answer)
                : unanswered(operation, failure);
    }

    private static BucketException refused(BucketOperation operation, AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        String known = code != null && CODE.matcher(code).matches() ? code : null;
        int status = answer.statusCode();
        // 501 NotImplemented is no outage: the same server will not know it tomorrow either.
        boolean passing = (status >= 500 && status != 501)
                || status == 429
                || status == 408
                || (known != null && SERVERS_OWN.contains(known));
        return new BucketException(
                passing ? UNAVAILABLE : USER,
                operation,
                known,
                status,
                "the bucket's server answered a " + operation.word() + " with HTTP " + status
                        + (known == null ? "" : " " + known));
    }

    private static BucketException unanswered(BucketOperation operation, RuntimeException failure) {
        if (failure instanceof ApiCallTimeoutException || has(failure, SocketTimeoutException.class)) {
            return noAnswer(operation, "no whole answer in time");
        }
        if (failure instanceof AbortedException) {
            return noAnswer(operation, "interrupted");
        }
        if (has(failure, BoundedAnswer.TooLarge.class)) {
            return notS3(operation, "the answer is larger than any that S3 gives");
        }
        if (has(failure, SSLException.class)) {
            return noAnswer(
                    operation,
                    "no TLS connection: the server has none, or its certificate is not trusted or not its own");
        }
        if (has(failure, IOException.class)) {
            return noAnswer(operation, "the connection was refused or broke");
        }
        return notS3(operation, "the answer is not one that S3 gives");
    }

    private static BucketException noAnswer(BucketOperation operation, String why) {
        return new BucketException(UNAVAILABLE, operation, null, 0, "bucket, " + operation.word() + ": " + why);
    }

    static BucketException notS3(BucketOperation operation, String why) {
        return new BucketException(CHECK_FAILED, operation, null, 0, "bucket, " + operation.word() + ": " + why);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
