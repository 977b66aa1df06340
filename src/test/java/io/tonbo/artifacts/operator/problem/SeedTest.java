package io.tonbo.artifacts.operator.problem;

import static io.tonbo.artifacts.operator.problem.Severity.ERROR;
import static io.tonbo.artifacts.operator.problem.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Tonbo "Error codes" page, copied by hand: every documented code, HTTP status and symptom. This table is not made from
 * the catalogue, so a row that is missing or differs there shows here.
 */
class SeedTest {
    private record Code(String code, int status, ProblemType type, String reason, Severity severity) {}

    private record Symptom(String shown, ProblemType type, String reason) {}

    private record BucketCode(String shown, String s3Code, ProblemType type, String reason) {}

    private static final List<Code> CODES = List.of(
            // Authentication
            new Code("unauthorized", 401, ProblemType.UNAUTHORIZED, "Unauthorized", ERROR),
            new Code("forbidden", 403, ProblemType.FORBIDDEN, "Forbidden", ERROR),
            // Workspaces
            new Code("workspace_not_found", 404, ProblemType.WORKSPACE_NOT_FOUND, "WorkspaceNotFound", ERROR),
            new Code("workspace_exists", 409, ProblemType.WORKSPACE_EXISTS, "WorkspaceExists", ERROR),
            new Code("workspace_not_active", 409, ProblemType.WORKSPACE_NOT_ACTIVE, "WorkspaceNotActive", WARNING),
            new Code(
                    "workspace_not_completable",
                    409,
                    ProblemType.WORKSPACE_NOT_COMPLETABLE,
                    "WorkspaceNotCompletable",
                    WARNING),
            new Code("setting_key_missing", 422, ProblemType.SETTING_KEY_MISSING, "SettingKeyMissing", WARNING),
            // Mount sessions
            new Code(
                    "metadata_acl_provisioning_failed",
                    500,
                    ProblemType.METADATA_ACL_PROVISIONING_FAILED,
                    "MetadataAclProvisioningFailed",
                    WARNING),
            // Validation
            new Code("invalid_request", 422, ProblemType.INVALID_REQUEST, "InvalidRequest", ERROR),
            // Internal
            new Code("internal_error", 500, ProblemType.INTERNAL_ERROR, "OrchestratorInternalError", WARNING));

    private static final List<Symptom> CLIENT_SIDE = List.of(
            new Symptom("already a mount point", ProblemType.MOUNT_TARGET_IN_USE, "MountTargetInUse"),
            new Symptom(
                    "BYO mode requires ARTIFACTS_S3_ACCESS_KEY_ID and ARTIFACTS_S3_SECRET_ACCESS_KEY",
                    ProblemType.STORAGE_CREDENTIALS_MISSING,
                    "StorageCredentialsMissing"),
            new Symptom(
                    "byo_env requires ARTIFACTS_S3_ACCESS_KEY_ID and ARTIFACTS_S3_SECRET_ACCESS_KEY",
                    ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING,
                    "StorageCredentialsMissing"),
            new Symptom("bad jwt", ProblemType.MALFORMED_TOKEN, "MalformedToken"));

    private static final List<BucketCode> BUCKET = List.of(
            new BucketCode(
                    "Object storage test failed: ... AccessDenied",
                    "AccessDenied",
                    ProblemType.BUCKET_ACCESS_DENIED,
                    "BucketAccessDenied"),
            new BucketCode(
                    "Object storage test failed: ... NoSuchBucket",
                    "NoSuchBucket",
                    ProblemType.BUCKET_NOT_FOUND,
                    "BucketNotFound"),
            new BucketCode(
                    "Object storage test failed: ... InvalidAccessKeyId",
                    "InvalidAccessKeyId",
                    ProblemType.BUCKET_INVALID_ACCESS_KEY,
                    "BucketInvalidAccessKey"),
            new BucketCode(
                    "Object storage test failed: ... SignatureDoesNotMatch",
                    "SignatureDoesNotMatch",
                    ProblemType.BUCKET_SIGNATURE_MISMATCH,
                    "BucketSignatureMismatch"));

    private final ErrorCatalogue catalogue = ErrorCatalogue.load();

    static List<Code> codes() {
        return CODES;
    }

    static List<Symptom> clientSide() {
        return CLIENT_SIDE;
    }

    static List<BucketCode> bucket() {
        return BUCKET;
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyDocumentedCodeHasItsRowWithItsStatus(Code documented) {
        assertThat(catalogue.forCode(documented.code(), documented.status())).isEqualTo(documented.type());
        ErrorRow row = catalogue.row(documented.type());
        assertThat(row.codes()).containsExactly(documented.code());
        assertThat(row.httpStatuses()).containsExactly(documented.status());
        assertThat(row.reason()).isEqualTo(documented.reason());
        assertThat(row.severity()).isEqualTo(documented.severity());
        assertThat(row.source()).isEqualTo(Source.ORCHESTRATOR);
    }

    @ParameterizedTest
    @MethodSource("clientSide")
    void everyClientSideSymptomHasItsRow(Symptom documented) {
        ErrorRow row = catalogue.row(documented.type());
        assertThat(row.symptom()).isEqualTo(documented.shown());
        assertThat(row.reason()).isEqualTo(documented.reason());
        assertThat(row.severity()).isEqualTo(ERROR);
        assertThat(row.httpStatuses()).as("these never have an HTTP code").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bucket")
    void everyBucketErrorHasItsRowAndTheLineThatReproducesIt(BucketCode documented) {
        assertThat(catalogue.forBucketCode(documented.s3Code(), 403)).isEqualTo(documented.type());
        ErrorRow row = catalogue.row(documented.type());
        assertThat(row.codes()).startsWith(documented.s3Code());
        assertThat(row.symptom()).isEqualTo(documented.shown());
        assertThat(row.reason()).isEqualTo(documented.reason());
        assertThat(row.hint()).contains("aws s3 ls s3://{bucket}/ --endpoint-url {endpoint}");
    }

    @Test
    void whatThePageAdvisesIsInTheHints() {
        assertThat(hint(ProblemType.UNAUTHORIZED)).contains("`artifacts login`");
        assertThat(hint(ProblemType.FORBIDDEN)).contains("`artifacts workspace list`");
        assertThat(hint(ProblemType.WORKSPACE_NOT_FOUND)).contains("`artifacts workspace list`");
        assertThat(hint(ProblemType.WORKSPACE_EXISTS))
                .contains("another spec.name", "`artifacts workspace delete {address}`");
        assertThat(hint(ProblemType.WORKSPACE_NOT_ACTIVE)).contains("pending_format", "recreate");
        assertThat(hint(ProblemType.WORKSPACE_NOT_COMPLETABLE)).contains("older than the orchestrator");
        assertThat(hint(ProblemType.METADATA_ACL_PROVISIONING_FAILED)).contains("60 s", "contact Tonbo support");
        assertThat(hint(ProblemType.INVALID_REQUEST)).contains("{message}", "spec.ttlSeconds", "spec.storage");
        assertThat(hint(ProblemType.INTERNAL_ERROR)).contains("{firstSeen}", "{address}", "contact Tonbo support");
        assertThat(hint(ProblemType.BUCKET_SIGNATURE_MISMATCH))
                .contains("Tigris: auto", "us-west-1", "AWS_REGION={region}");
        assertThat(hint(ProblemType.BUCKET_ACCESS_DENIED)).contains("list, get, put");
    }

    @Test
    void noOtherRowClaimsADocumentedSymptom() {
        List<String> documented =
                List.of(
                                CLIENT_SIDE.stream().map(Symptom::shown),
                                BUCKET.stream().map(BucketCode::shown))
                        .stream()
                        .flatMap(shown -> shown)
                        .collect(Collectors.toList());
        assertThat(catalogue.rows())
                .extracting(ErrorRow::symptom)
                .filteredOn(symptom -> symptom != null)
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private String hint(ProblemType type) {
        return catalogue.row(type).hint();
    }
}
