package io.tonbo.artifacts.operator.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service's JSON as values. Unknown fields are ignored, null equals absent, and a field of another type than expected
 * counts as absent; but what says which workspace it is, and where its data lies, makes the whole unusable instead.
 */
final class RemoteJson {
    private static final int MAX_ID = 256;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_URL = 8192;

    private RemoteJson() {}

    static Optional<RemoteWorkspace> workspace(JsonNode node) {
        String id = text(node, "id", WorkspaceStatus.MAX_WORKSPACE_ID);
        String handle = text(node, "handle", MAX_ID);
        String name = text(node, "name", MAX_ID);
        if (id == null || id.isEmpty() || !usable(handle) || !usable(name) || !recordable(node)) {
            return Optional.empty();
        }
        return Optional.of(new RemoteWorkspace(
                id,
                handle,
                name,
                text(node, "status"),
                text(node, "volume_name"),
                text(node, "key_prefix"),
                storage(node.path("storage")),
                text(node, "cache_profile"),
                time(node, "created_at")));
    }

    /**
     * Cut to what the status has room for, or read as absent, each of these would be another workspace's.
     *
     * @return whether each is absent or can be recorded whole
     */
    static boolean recordable(JsonNode node) {
        return absentOrText(node, "id", WorkspaceStatus.MAX_WORKSPACE_ID) && volumeRecordable(node);
    }

    private static boolean volumeRecordable(JsonNode node) {
        return absentOrText(node, "volume_name", WorkspaceStatus.MAX_VOLUME_NAME)
                && absentOrText(node, "key_prefix", WorkspaceStatus.MAX_KEY_PREFIX);
    }

    private static boolean absentOrText(JsonNode node, String field, int maxCharacters) {
        return !node.hasNonNull(field) || text(node, field, maxCharacters) != null;
    }

    private static boolean usable(String segment) {
        return segment != null && RequestSpec.usableSegment(segment);
    }

    static RemoteStorage storage(JsonNode node) {
        String bucket = text(node, "bucket");
        String endpoint = text(node, "endpoint");
        if (bucket == null || endpoint == null) {
            return null;
        }
        return new RemoteStorage(bucket, endpoint, text(node, "region"), text(node, "prefix"));
    }

    /** The grant in the field {@code format}, or null. */
    static FormatGrant grant(JsonNode parent) {
        JsonNode node = parent.path("format");
        String url = text(node, "metadata_url", MAX_URL);
        return url == null || url.isBlank() ? null : new FormatGrant(Sensitive.of(url), time(node, "expires_at"));
    }

    static Optional<WorkspacePage> page(JsonNode body, String cursor) {
        JsonNode rows = body.path("workspaces");
        if (!rows.isArray()) {
            return Optional.empty();
        }
        List<RemoteWorkspace> usable = new ArrayList<>();
        rows.forEach(row -> workspace(row).ifPresent(usable::add));
        String next = text(body, "next_cursor", MAX_URL);
        // An empty cursor, or the one that was asked for, would lead in a circle.
        boolean end = next == null || next.isEmpty() || next.equals(cursor);
        return Optional.of(new WorkspacePage(usable, end ? null : next, rows.size() - usable.size()));
    }

    /** The session, or empty when it lacks what a mount needs. */
    static Optional<OpenedSession> session(JsonNode body) {
        JsonNode session = body.path("session");
        String id = sessionId(body);
        Instant expiresAt = time(session, "expires_at");
        String url = text(body, "metadata_url", MAX_URL);
        String volume = text(body, "volume_name");
        if (id == null
                || expiresAt == null
                || url == null
                || url.isBlank()
                || volume == null
                || !volumeRecordable(body)) {
            return Optional.empty();
        }
        return Optional.of(new OpenedSession(
                id,
                text(session, "mode"),
                expiresAt,
                Sensitive.of(url),
                volume,
                text(body, "key_prefix"),
                storage(body.path("storage"))));
    }

    static String sessionId(JsonNode body) {
        String id = text(body.path("session"), "id", MAX_ID);
        return usable(id) ? id : null;
    }

    static String text(JsonNode node, String field) {
        return text(node, field, MAX_TEXT);
    }

    /** The text of a field; null if absent, null, no text or too long. */
    static String text(JsonNode node, String field, int maxCharacters) {
        JsonNode value = node.path(field);
        return value.isTextual() && value.textValue().length() <= maxCharacters ? value.textValue() : null;
    }

    /** An RFC 3339 time; null if absent or unreadable. */
    private static Instant time(JsonNode node, String field) {
        String text = text(node, field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
