package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was decided for each row, copied by hand: reason, severity, standing, and the bounds of the retry. First and cap are
 * those of the backoff after the opening delays, and of the later phase where there is one.
 */
class DecidedRowsTest {
    private static final String TABLE =
            """
            # type,                             reason,                        severity, standing,    opening,   first, cap, laterFirst, laterCap
            UNAUTHORIZED,                        Unauthorized,                  ERROR,    GRACE 10,    10,        300, 1800, -, -
            FORBIDDEN,                           Forbidden,                     ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_NOT_FOUND,                 WorkspaceNotFound,             ERROR,    RECONCILING, -,         5, 300,    -, -
            WORKSPACE_GONE,                      WorkspaceGone,                 ERROR,    STALLED,     -,         5, 300,    -, -
            WORKSPACE_EXISTS,                    WorkspaceExists,               ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_EXISTS_STORAGE_DIFFERS,    WorkspaceExists,               ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_HELD_BY_ANOTHER,           WorkspaceExists,               ERROR,    STALLED,     5 15 45,   300, 1800, -, -
            WORKSPACE_NAME_STILL_DELETED,        WorkspaceExists,               ERROR,    GRACE 600,   -,         60, 300,   -, -
            WORKSPACE_NOT_ACTIVE,                WorkspaceNotActive,            WARNING,  RECONCILING, -,         2, 60,     -, -
            WORKSPACE_NO_LONGER_ACTIVE,          WorkspaceNotActive,            WARNING,  STALLED,     -,         300, 1800, -, -
            WORKSPACE_NOT_COMPLETABLE,           WorkspaceNotCompletable,       WARNING,  RECONCILING, 0,         5, 300,    -, -
            SETTING_KEY_MISSING,                 SettingKeyMissing,             WARNING,  RECONCILING, 0 0 0,     60, 300,   -, -
            METADATA_ACL_PROVISIONING_FAILED,    MetadataAclProvisioningFailed, WARNING,  RECONCILING, -,         1, 10,     10, 60
            INVALID_REQUEST,                     InvalidRequest,                ERROR,    STALLED,     -,         600, 3600, -, -
            INTERNAL_ERROR,                      OrchestratorInternalError,     WARNING,  RECONCILING, 2,         30, 300,   -, -
            MOUNT_TARGET_IN_USE,                 MountTargetInUse,              ERROR,    STALLED,     -,         60, 300,   -, -
            MOUNT_TARGET_TERMINATING,            MountTargetTerminating,        WARNING,  RECONCILING, -,         30, 30,    -, -
            SECRET_NOT_WRITABLE,                 SecretNotWritable,             ERROR,    GRACE 120,   -,         10, 300,   -, -
            STORAGE_CREDENTIALS_MISSING,         StorageCredentialsMissing,     ERROR,    GRACE 120,   -,         30, 30,    -, -
            SESSION_STORAGE_CREDENTIALS_MISSING, StorageCredentialsMissing,     ERROR,    GRACE 120,   -,         30, 30,    -, -
            MALFORMED_TOKEN,                     MalformedToken,                ERROR,    STALLED,     -,         30, 30,    -, -
            TOKEN_EXPIRED,                       Unauthorized,                  ERROR,    STALLED,     -,         30, 30,    -, -
            CONNECTION_SECRET_MISSING,           ConnectionSecretMissing,       ERROR,    GRACE 120,   -,         30, 30,    -, -
            CONNECTION_SECRET_UNREADABLE,        ConnectionSecretUnreadable,    ERROR,    GRACE 120,   -,         30, 30,    -, -
            STORAGE_CREDENTIALS_UNREADABLE,      StorageCredentialsUnreadable,  ERROR,    GRACE 120,   -,         30, 30,    -, -
            CONNECTION_NOT_ALLOWED,              ConnectionNotAllowed,          ERROR,    STALLED,     -,         300, 1800, -, -
            BUCKET_ACCESS_DENIED,                BucketAccessDenied,            ERROR,    GRACE 120,   -,         10, 40,    300, 1800
            BUCKET_NOT_FOUND,                    BucketNotFound,                ERROR,    STALLED,     -,         300, 1800, -, -
            BUCKET_INVALID_ACCESS_KEY,           BucketInvalidAccessKey,        ERROR,    GRACE 120,   -,         10, 40,    300, 1800
            BUCKET_SIGNATURE_MISMATCH,           BucketSignatureMismatch,       ERROR,    STALLED,     -,         300, 1800, -, -
            BUCKET_CLOCK_SKEW,                   BucketClockSkew,               ERROR,    GRACE 120,   -,         10, 40,    300, 1800
            BUCKET_PREFIX_NOT_EMPTY,             BucketPrefixNotEmpty,          ERROR,    STALLED,     -,         300, 1800, -, -
            OBJECT_STORAGE_TEST_FAILED,          ObjectStorageTestFailed,       ERROR,    GRACE 120,   -,         10, 40,    300, 1800
            OBJECT_STORAGE_UNAVAILABLE,          ObjectStorageUnavailable,      WARNING,  RECONCILING, -,         2, 60,     -, -
            ENDPOINT_NOT_ALLOWED,                EndpointNotAllowed,            ERROR,    STALLED,     -,         300, 1800, -, -
            ORCHESTRATOR_UNREACHABLE,            OrchestratorUnreachable,       WARNING,  RECONCILING, -,         1, 60,     -, -
            ORCHESTRATOR_TLS,                    OrchestratorTlsFailed,         ERROR,    RECONCILING, -,         1, 60,     -, -
            ANSWER_TOO_LARGE,                    OrchestratorAnswerTooLarge,    ERROR,    RECONCILING, -,         5, 300,    -, -
            REDIRECT_REFUSED,                    OrchestratorRedirected,        ERROR,    RECONCILING, -,         5, 300,    -, -
            ANSWER_NOT_JSON,                     OrchestratorAnswerUnreadable,  WARNING,  RECONCILING, -,         5, 300,    -, -
            RATE_LIMITED,                        RateLimited,                   WARNING,  RECONCILING, -,         5, 60,     -, -
            UNKNOWN_CODE,                        UnknownErrorCode,              WARNING,  RECONCILING, -,         5, 300,    -, -
            UNKNOWN_STATE,                       UnknownState,                  WARNING,  RECONCILING, -,         60, 60,    -, -
            WORKSPACE_REPLACED,                  WorkspaceReplaced,             ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_DELETING,                  WorkspaceDeleting,             WARNING,  RECONCILING, -,         5, 60,     -, -
            STORAGE_MISMATCH,                    StorageMismatch,               ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_STATE_UNEXPECTED,          WorkspaceStateUnexpected,      ERROR,    STALLED,     -,         300, 1800, -, -
            ADOPTION_UNPROVEN,                   AdoptionUnproven,              ERROR,    STALLED,     -,         300, 1800, -, -
            FORMAT_GRANT_MISSING,                FormatGrantMissing,            WARNING,  RECONCILING, -,         30, 300,   -, -
            METADATA_UNREACHABLE,                MetadataUnreachable,           WARNING,  RECONCILING, -,         2, 60,     -, -
            METADATA_UNAVAILABLE,                MetadataUnavailable,           WARNING,  RECONCILING, -,         2, 60,     -, -
            METADATA_ACCESS_DENIED,              MetadataAccessDenied,          WARNING,  RECONCILING, -,         30, 300,   -, -
            METADATA_ANSWER_UNEXPECTED,          MetadataAnswerUnexpected,      WARNING,  RECONCILING, -,         30, 300,   -, -
            VOLUME_FOREIGN,                      VolumeForeign,                 ERROR,    STALLED,     -,         300, 1800, -, -
            SESSION_VOLUME_FOREIGN,              VolumeForeign,                 ERROR,    STALLED,     -,         300, 1800, -, -
            WORKSPACE_ABSENT,                    WorkspaceNotReady,             ERROR,    GRACE 120,   -,         60, 60,    -, -
            WORKSPACE_NOT_READY,                 WorkspaceNotReady,             WARNING,  RECONCILING, -,         60, 60,    -, -
            WORKSPACE_TERMINATING,               WorkspaceTerminating,          WARNING,  RECONCILING, -,         60, 60,    -, -
            SESSION_TOO_SHORT,                   SessionTooShort,               ERROR,    STALLED,     -,         300, 1800, -, -
            SECRET_RESTORED,                     SecretRestored,                WARNING,  NEITHER,     -,         30, 30,    -, -
            SUSPENDED,                           Suspended,                     WARNING,  NEITHER,     -,         3600, 3600, -, -
            IN_USE,                              InUse,                         WARNING,  RECONCILING, -,         60, 60,    -, -
            DELETION_BLOCKED,                    DeletionBlocked,               ERROR,    STALLED,     -,         300, 1800, -, -
            DELETION_STATE_UNKNOWN,              DeletionBlocked,               ERROR,    STALLED,     -,         60, 60,    -, -
            DELETION_KEEPS_FAILING,              DeletionBlocked,               ERROR,    STALLED,     -,         5, 60,     -, -
            OPERATOR_FAULT,                      OperatorFault,                 ERROR,    RECONCILING, -,         5, 300,    -, -
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = TABLE, nullValues = "-")
    void aRowIsAsItWasDecided(
            ProblemType type,
            String reason,
            Severity severity,
            String standing,
            String opening,
            long first,
            long cap,
            Long laterFirst,
            Long laterCap) {
        ErrorRow row = ErrorCatalogue.load().row(type);
        assertThat(row.reason()).isEqualTo(reason);
        assertThat(row.severity()).isEqualTo(severity);
        assertThat(row.standing()
                        + (row.grace() == null ? "" : " " + row.grace().toSeconds()))
                .isEqualTo(standing);
        RetryPolicy retry = row.retry();
        assertThat(retry.opening()).isEqualTo(delays(opening));
        assertThat(retry.first()).isEqualTo(Duration.ofSeconds(first));
        assertThat(retry.factor()).isEqualTo(2);
        assertThat(retry.cap()).isEqualTo(Duration.ofSeconds(cap));
        if (laterFirst == null) {
            assertThat(retry.later()).isNull();
        } else {
            assertThat(retry.later().first()).isEqualTo(Duration.ofSeconds(laterFirst));
            assertThat(retry.later().cap()).isEqualTo(Duration.ofSeconds(laterCap));
        }
    }

    @Test
    void noTypeIsLeftOut() {
        Set<ProblemType> decided = EnumSet.noneOf(ProblemType.class);
        TABLE.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line ->
                        ProblemType.valueOf(line.substring(0, line.indexOf(',')).strip()))
                .forEach(decided::add);
        assertThat(decided).containsExactlyInAnyOrder(ProblemType.values());
    }

    private static List<Duration> delays(String seconds) {
        if (seconds == null) {
            return List.of();
        }
        return Arrays.stream(seconds.split(" "))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .toList();
    }
}
