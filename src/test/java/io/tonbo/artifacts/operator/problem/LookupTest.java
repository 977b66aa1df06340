package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row an answer finds, by its code and its HTTP status. An empty code column is an answer without a code. */
class LookupTest {
    private final ErrorCatalogue catalogue = ErrorCatalogue.load();

    @ParameterizedTest(name = "code {0} with status {1} is {2}")
    @CsvSource({
        // A known code says what happened, whatever the status.
        "unauthorized,              400, UNAUTHORIZED",
        "workspace_exists,          503, WORKSPACE_EXISTS",
        "internal_error,            503, INTERNAL_ERROR",
        "invalid_request,           400, INVALID_REQUEST",
        "workspace_replaced,        409, WORKSPACE_REPLACED",
        // Codes are exact.
        "Unauthorized,              422, UNKNOWN_CODE",
        "workspace_exists_,         409, UNKNOWN_CODE",
        // Codes of a later revision of the service, and none at all.
        "tenant_exists,             409, UNKNOWN_CODE",
        "token_expired,             401, UNAUTHORIZED",
        "grant_missing,             403, FORBIDDEN",
        "maintenance,               503, ORCHESTRATOR_UNREACHABLE",
        ",                          401, UNAUTHORIZED",
        ",                          403, FORBIDDEN",
        ",                          404, UNKNOWN_CODE",
        ",                          409, UNKNOWN_CODE",
        ",                          500, UNKNOWN_CODE",
        ",                          501, UNKNOWN_CODE",
        ",                          502, ORCHESTRATOR_UNREACHABLE",
        ",                          503, ORCHESTRATOR_UNREACHABLE",
        ",                          504, ORCHESTRATOR_UNREACHABLE",
        ",                          302, REDIRECT_REFUSED",
        ",                          200, UNKNOWN_CODE",
        ",                          0,   UNKNOWN_CODE",
        "'',                        418, UNKNOWN_CODE",
        // 429 may come with any code.
        ",                          429, RATE_LIMITED",
        "slow_down,                 429, RATE_LIMITED",
        "forbidden,                 429, RATE_LIMITED",
        "invalid_request,           429, RATE_LIMITED",
        // Calls without a usable answer.
        "orchestrator_unreachable,  0,   ORCHESTRATOR_UNREACHABLE",
        "orchestrator_timeout,      0,   ORCHESTRATOR_UNREACHABLE",
        "tls_failure,               0,   ORCHESTRATOR_TLS",
        "redirect_refused,          307, REDIRECT_REFUSED",
        "answer_not_json,           200, ANSWER_NOT_JSON",
        "answer_truncated,          200, ANSWER_NOT_JSON",
        "answer_truncated,          0,   ANSWER_NOT_JSON",
        "answer_too_large,          201, ANSWER_TOO_LARGE",
        // A gateway's HTML page says more by its status than by not being JSON.
        "answer_not_json,           503, ORCHESTRATOR_UNREACHABLE",
        "answer_not_json,           401, UNAUTHORIZED",
        "answer_not_json,           403, FORBIDDEN",
        "answer_not_json,           429, RATE_LIMITED",
        "answer_not_json,           404, ANSWER_NOT_JSON",
        "answer_too_large,          502, ORCHESTRATOR_UNREACHABLE",
        // A bucket's codes mean nothing here.
        "AccessDenied,              400, UNKNOWN_CODE"
    })
    void anAnswerOfTheOrchestrator(String code, int status, ProblemType expected) {
        assertThat(catalogue.forCode(code, status)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "S3 code {0} with status {1} is {2}")
    @CsvSource({
        "AccessDenied,                 403, BUCKET_ACCESS_DENIED",
        "NoSuchBucket,                 404, BUCKET_NOT_FOUND",
        "InvalidAccessKeyId,           403, BUCKET_INVALID_ACCESS_KEY",
        "InvalidToken,                 400, BUCKET_INVALID_ACCESS_KEY",
        "InvalidTokenId,               403, BUCKET_INVALID_ACCESS_KEY",
        "ExpiredToken,                 400, BUCKET_INVALID_ACCESS_KEY",
        "SignatureDoesNotMatch,        403, BUCKET_SIGNATURE_MISMATCH",
        "AuthorizationHeaderMalformed, 400, BUCKET_SIGNATURE_MISMATCH",
        "PermanentRedirect,            301, BUCKET_SIGNATURE_MISMATCH",
        "RequestTimeTooSkewed,         403, BUCKET_CLOCK_SKEW",
        "SlowDown,                     503, OBJECT_STORAGE_UNAVAILABLE",
        "InternalError,                500, OBJECT_STORAGE_UNAVAILABLE",
        "NotImplemented,               501, OBJECT_STORAGE_TEST_FAILED",
        "EntityTooLarge,               400, OBJECT_STORAGE_TEST_FAILED",
        "XMinioUnheardOf,              503, OBJECT_STORAGE_UNAVAILABLE",
        "XMinioUnheardOf,              403, BUCKET_ACCESS_DENIED",
        // Answers to HEAD carry no code.
        ",                             403, BUCKET_ACCESS_DENIED",
        ",                             404, BUCKET_NOT_FOUND",
        ",                             401, BUCKET_INVALID_ACCESS_KEY",
        ",                             301, BUCKET_SIGNATURE_MISMATCH",
        ",                             429, OBJECT_STORAGE_UNAVAILABLE",
        ",                             500, OBJECT_STORAGE_UNAVAILABLE",
        ",                             507, OBJECT_STORAGE_UNAVAILABLE",
        ",                             0,   OBJECT_STORAGE_UNAVAILABLE",
        ",                             400, OBJECT_STORAGE_TEST_FAILED",
        // The orchestrator's codes mean nothing here.
        "unauthorized,                 400, OBJECT_STORAGE_TEST_FAILED"
    })
    void anAnswerOfTheBucket(String code, int status, ProblemType expected) {
        assertThat(catalogue.forBucketCode(code, status)).isEqualTo(expected);
    }

    @Test
    void everyCodeInTheTableFindsItsOwnRow() {
        for (ErrorRow row : catalogue.rows()) {
            for (String code : row.codes()) {
                ProblemType found = row.source().codeSpace() == Source.CodeSpace.BUCKET
                        ? catalogue.forBucketCode(code, 400)
                        : catalogue.forCode(code, 400);
                assertThat(found).as(code).isEqualTo(row.type());
            }
        }
    }

    @Test
    void anyCodeAndStatusFindSomeRow() {
        Random random = new Random(20_240_817);
        for (int i = 0; i < 20_000; i++) {
            String code = random.nextInt(4) == 0 ? null : Integer.toString(random.nextInt(), 36);
            int status = random.nextInt(-1000, 1000);
            assertThat(catalogue.forCode(code, status)).isNotNull();
            assertThat(catalogue.forBucketCode(code, status)).isNotNull();
        }
    }
}
