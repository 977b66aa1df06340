package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.Map;

/** The codes of the public error reference and their HTTP statuses, with a message such as the service would give. */
public final class DocumentedCodes {
    private record Entry(int status, String message) {}

    private static final Map<String, Entry> CODES = Map.ofEntries(
            Map.entry("unauthorized", new Entry(401, "invalid bearer token")),
            Map.entry("forbidden", new Entry(403, "the token does not own this workspace")),
            Map.entry("workspace_not_found", new Entry(404, "no such workspace")),
            Map.entry("workspace_exists", new Entry(409, "a workspace with this name exists")),
            Map.entry("workspace_not_active", new Entry(409, "the workspace is not active")),
            Map.entry("workspace_not_completable", new Entry(409, "the workspace is not pending_format")),
            Map.entry("setting_key_missing", new Entry(422, "no setting key under the workspace's prefix")),
            Map.entry("metadata_acl_provisioning_failed", new Entry(500, "could not set up the session's ACL")),
            Map.entry("invalid_request", new Entry(422, "storage.bucket is required")),
            Map.entry("internal_error", new Entry(500, "internal error")));

    private DocumentedCodes() {}

    /**
     * @param code a documented code
     * @return its HTTP status
     * @throws IllegalArgumentException if the code is not documented
     */
    public static int status(String code) {
        return entry(code).status();
    }

    /**
     * @return every documented code and its HTTP status
     */
    public static Map<String, Integer> all() {
        return CODES.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, e -> e.getValue().status()));
    }

    static String message(String code) {
        return entry(code).message();
    }

    private static Entry entry(String code) {
        Entry entry = CODES.get(code);
        if (entry == null) {
            throw new IllegalArgumentException("not a documented code: " + code);
        }
        return entry;
    }
}
