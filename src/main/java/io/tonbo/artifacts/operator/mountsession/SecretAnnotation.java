package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;

/** The annotations of a published Secret that are the operator's own; all but the last are the record of its session. None of them is a credential. */
enum SecretAnnotation {
    SESSION_ID("session-id", "id of the session, by which it is revoked"),
    ISSUED_AT("issued-at", "when it was asked for, by the orchestrator's clock: RFC 3339, UTC, whole seconds"),
    EXPIRES_AT("expires-at", "when it ends, by the orchestrator's clock: RFC 3339, UTC, whole seconds"),
    OWNER_UID("owner-uid", "uid of the MountSession that published it"),
    DATA_HASH("data-hash", "SHA-256 over the Secret's data, hexadecimal: tells whether somebody else changed it"),
    WORKSPACE_ID("workspace-id", "id of the remote workspace that the session belongs to"),
    REQUESTED_TTL("requested-ttl-seconds", "`spec.ttlSeconds` when it was asked for; the grant may differ"),
    REISSUE_HANDLED(
            "reissue-handled",
            "value of `" + ArtifactsApi.REISSUE_REQUESTED_AT
                    + "` that this session answers; absent when none was asked"),
    REVOKES(
            "revokes",
            "ids of sessions that this one replaced because their credential leaked, was lost or is void, as a"
                    + " JSON list; they are revoked, not left to expire"),
    PUBLISHED_AT(
            "published-at",
            "when the data that running Pods notice was last written, by the operator's clock: RFC 3339, UTC, whole"
                    + " seconds, rounded up"),
    REWRITES("rewrites", "how often the bucket's keys were replaced within this session; absent when they never were"),
    READ_ONLY_BY(
            "read-only-by",
            "of a read-only session what keeps mounts from writing: `server`, or `mount-options` where the server would let"
                    + " the credential write"),
    SEAL(
            "seal",
            "proof, made with the account's token, that the operator wrote all of the above; asked for when status does not"
                    + " name the session, such as after it was lost"),
    TEMPLATE(
            "template",
            "keys of the labels and annotations that `spec.secretTemplate` put here, as JSON"
                    + " `{\"labels\":[...],\"annotations\":[...]}`: what leaves the template is removed here, too; absent"
                    + " when it is empty");

    private final String key;
    private final String meaning;

    SecretAnnotation(String name, String meaning) {
        this.key = ArtifactsApi.GROUP + "/" + name;
        this.meaning = meaning;
    }

    /**
     * @return the annotation's full key
     */
    String key() {
        return key;
    }

    /**
     * @return what it says, for the reference page
     */
    String meaning() {
        return meaning;
    }
}
