package io.tonbo.artifacts.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/**
 * One request as the API server saw it (audit.k8s.io/v1, stage ResponseComplete).
 *
 * @param auditId id of the request
 * @param receivedAt when the API server received it
 * @param verb get, list, watch, create, update, patch, delete or deletecollection
 * @param user name of the caller, such as {@code system:serviceaccount:artifacts-system:artifacts-operator}
 * @param userAgent as the client sent it, or empty
 * @param group API group, empty for the core group
 * @param resource plural name, such as {@code workspaces}
 * @param subresource such as {@code status}, or empty
 * @param namespace or empty
 * @param name or empty
 * @param status HTTP status of the answer
 * @param forbidden whether RBAC refused it, rather than admission or what was asked for
 */
public record AuditEvent(
        String auditId,
        Instant receivedAt,
        String verb,
        String user,
        String userAgent,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        int status,
        boolean forbidden) {
    private static final String DECISION = "authorization.k8s.io/decision";
    private static final Set<String> READS = Set.of("get", "list", "watch");

    static AuditEvent of(JsonNode event) {
        JsonNode object = event.path("objectRef");
        return new AuditEvent(
                event.path("auditID").asText(),
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                event.path("verb").asText(),
                event.path("user").path("username").asText(),
                event.path("userAgent").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText(),
                object.path("subresource").asText(),
                object.path("namespace").asText(),
                object.path("name").asText(),
                event.path("responseStatus").path("code").asInt(),
                event.path("annotations").path(DECISION).asText().equals("forbid"));
    }

    /**
     * @return whether the request asked for a change, granted or not
     */
    public boolean isWrite() {
        return !READS.contains(verb);
    }

    /**
     * @return whether it concerns an Event or a Lease, which counts of writes leave out
     */
    public boolean isEventOrLease() {
        return resource.equals("events") || resource.equals("leases");
    }
}
