package io.tonbo.artifacts.operator.problem;

/**
 * Everything that can go wrong, one constant for each row of the {@linkplain ErrorCatalogue catalogue}. What a constant
 * means, how it is shown and when it is tried again stands in its row, not here. Several constants may share one reason
 * where the cause differs but the condition is the same.
 */
public enum ProblemType {
    // Codes of the orchestrator's answers (Tonbo "Error codes" page).
    UNAUTHORIZED,
    FORBIDDEN,
    WORKSPACE_NOT_FOUND,
    WORKSPACE_EXISTS,
    WORKSPACE_NOT_ACTIVE,
    WORKSPACE_NOT_COMPLETABLE,
    SETTING_KEY_MISSING,
    METADATA_ACL_PROVISIONING_FAILED,
    INVALID_REQUEST,
    INTERNAL_ERROR,
    // Answers that page does not name.
    WORKSPACE_REPLACED,
    RATE_LIMITED,
    UNKNOWN_CODE,
    // No usable answer at all.
    ORCHESTRATOR_UNREACHABLE,
    ORCHESTRATOR_TLS,
    ANSWER_TOO_LARGE,
    REDIRECT_REFUSED,
    ANSWER_NOT_JSON,
    // The token, before any request.
    CONNECTION_SECRET_MISSING,
    CONNECTION_SECRET_UNREADABLE,
    CONNECTION_NOT_ALLOWED,
    MALFORMED_TOKEN,
    TOKEN_EXPIRED,
    // The remote workspace is not what its object needs it to be.
    WORKSPACE_EXISTS_STORAGE_DIFFERS,
    WORKSPACE_HELD_BY_ANOTHER,
    WORKSPACE_NAME_STILL_DELETED,
    WORKSPACE_GONE,
    WORKSPACE_DELETING,
    WORKSPACE_NO_LONGER_ACTIVE,
    STORAGE_MISMATCH,
    WORKSPACE_STATE_UNEXPECTED,
    UNKNOWN_STATE,
    ADOPTION_UNPROVEN,
    FORMAT_GRANT_MISSING,
    // The metadata Redis and the volume in it.
    METADATA_UNREACHABLE,
    METADATA_UNAVAILABLE,
    METADATA_ACCESS_DENIED,
    METADATA_ANSWER_UNEXPECTED,
    VOLUME_FOREIGN,
    SESSION_VOLUME_FOREIGN,
    // The bucket and its keys.
    STORAGE_CREDENTIALS_MISSING,
    STORAGE_CREDENTIALS_UNREADABLE,
    SESSION_STORAGE_CREDENTIALS_MISSING,
    ENDPOINT_NOT_ALLOWED,
    BUCKET_ACCESS_DENIED,
    BUCKET_NOT_FOUND,
    BUCKET_INVALID_ACCESS_KEY,
    BUCKET_SIGNATURE_MISMATCH,
    BUCKET_CLOCK_SKEW,
    BUCKET_PREFIX_NOT_EMPTY,
    OBJECT_STORAGE_TEST_FAILED,
    OBJECT_STORAGE_UNAVAILABLE,
    // Objects in the cluster.
    MOUNT_TARGET_IN_USE,
    MOUNT_TARGET_TERMINATING,
    SECRET_NOT_WRITABLE,
    WORKSPACE_ABSENT,
    WORKSPACE_NOT_READY,
    WORKSPACE_TERMINATING,
    SESSION_TOO_SHORT,
    SECRET_RESTORED,
    SUSPENDED,
    IN_USE,
    DELETION_BLOCKED,
    DELETION_STATE_UNKNOWN,
    DELETION_KEEPS_FAILING,
    // The operator itself.
    OPERATOR_FAULT
}
