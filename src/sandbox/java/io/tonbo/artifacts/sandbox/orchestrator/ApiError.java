package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An answer that is an error, as {@code {"code", "message"}} with a status and, rarely, more fields. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, JsonNode> extras;

    ApiError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    ApiError(int status, String code, String message, Map<String, JsonNode> extras) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.extras = extras;
    }

    static ApiError documented(String code, String message) {
        return new ApiError(DocumentedCodes.status(code), code, message);
    }

    static ApiError invalid(String message) {
        return documented("invalid_request", message);
    }

    static ApiError notFound(String handle, String name) {
        return documented("workspace_not_found", "no workspace " + handle + "/" + name);
    }

    static ApiError aclProvisioningFailed() {
        return documented("metadata_acl_provisioning_failed", "could not set up access to the metadata store");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, JsonNode> extras() {
        return extras;
    }
}
