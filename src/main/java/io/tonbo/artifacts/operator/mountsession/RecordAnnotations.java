package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session's record as the annotations of its Secret. */
final class RecordAnnotations {
    private static final int MAX_ID = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordAnnotations() {}

    /**
     * @param record a record
     * @return the annotations that say all of it, in the order of {@link SecretAnnotation}
     */
    static Map<String, String> of(SessionRecord record) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(SecretAnnotation.SESSION_ID.key(), record.sessionId());
        annotations.put(SecretAnnotation.ISSUED_AT.key(), record.issuedAt().toString());
        annotations.put(SecretAnnotation.EXPIRES_AT.key(), record.expiresAt().toString());
        annotations.put(SecretAnnotation.OWNER_UID.key(), record.ownerUid());
        annotations.put(SecretAnnotation.DATA_HASH.key(), record.dataHash());
        putUnlessEmpty(annotations, SecretAnnotation.WORKSPACE_ID, record.workspaceId());
        putUnlessEmpty(annotations, SecretAnnotation.REQUESTED_TTL, unlessZero(record.requestedSeconds()));
        putUnlessEmpty(annotations, SecretAnnotation.REISSUE_HANDLED, record.reissue());
        putUnlessEmpty(annotations, SecretAnnotation.REVOKES, record.revokes().isEmpty() ? "" : json(record.revokes()));
        putUnlessEmpty(
                annotations,
                SecretAnnotation.PUBLISHED_AT,
                record.publishedAt() == null ? "" : record.publishedAt().toString());
        putUnlessEmpty(annotations, SecretAnnotation.REWRITES, unlessZero(record.rewrites()));
        putUnlessEmpty(annotations, SecretAnnotation.READ_ONLY_BY, record.readOnlyBy());
        putUnlessEmpty(annotations, SecretAnnotation.SEAL, record.seal());
        return annotations;
    }

    /** What a seal is made over. */
    static String unsealed(SessionRecord record) {
        return of(record.sealed("")).toString();
    }

    private static String unlessZero(long number) {
        return number > 0 ? Long.toString(number) : "";
    }

    private static void putUnlessEmpty(Map<String, String> annotations, SecretAnnotation annotation, String value) {
        if (!value.isEmpty()) {
            annotations.put(annotation.key(), value);
        }
    }

    /**
     * Reads annotations, whoever wrote them. The first five must make sense, or it is no record; the others count as absent
     * when they make none.
     *
     * @param annotations a Secret's annotations; null counts as none
     * @return the record, or empty
     */
    static Optional<SessionRecord> parse(Map<String, String> annotations) {
        if (annotations == null) {
            return Optional.empty();
        }
        String id = text(annotations, SecretAnnotation.SESSION_ID);
        Instant issuedAt = time(text(annotations, SecretAnnotation.ISSUED_AT));
        Instant expiresAt = time(text(annotations, SecretAnnotation.EXPIRES_AT));
        String owner = text(annotations, SecretAnnotation.OWNER_UID);
        String hash = text(annotations, SecretAnnotation.DATA_HASH);
        boolean usable = !id.isEmpty() && id.length() <= MAX_ID && !owner.isEmpty() && hash.matches("[0-9a-f]{64}");
        if (!usable || issuedAt == null || expiresAt == null || !expiresAt.isAfter(issuedAt)) {
            return Optional.empty();
        }
        return Optional.of(new SessionRecord(
                id,
                issuedAt,
                expiresAt,
                owner,
                hash,
                text(annotations, SecretAnnotation.WORKSPACE_ID),
                number(text(annotations, SecretAnnotation.REQUESTED_TTL)),
                text(annotations, SecretAnnotation.REISSUE_HANDLED),
                ids(text(annotations, SecretAnnotation.REVOKES)),
                time(text(annotations, SecretAnnotation.PUBLISHED_AT)),
                number(text(annotations, SecretAnnotation.REWRITES)),
                text(annotations, SecretAnnotation.READ_ONLY_BY),
                text(annotations, SecretAnnotation.SEAL)));
    }

    private static String text(Map<String, String> annotations, SecretAnnotation annotation) {
        String value = annotations.get(annotation.key());
        return value == null ? "" : value;
    }

    private static Instant time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(SessionRecord.EARLIEST) || time.isAfter(SessionRecord.LATEST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String json(List<String> ids) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ids.forEach(array::add);
        return array.toString();
    }

    private static List<String> ids(String text) {
        List<String> ids = new ArrayList<>();
        try {
            JSON.readTree(text).forEach(node -> {
                if (node.isTextual()
                        && !node.textValue().isEmpty()
                        && node.textValue().length() <= MAX_ID) {
                    ids.add(node.textValue());
                }
            });
            return ids;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }
}
