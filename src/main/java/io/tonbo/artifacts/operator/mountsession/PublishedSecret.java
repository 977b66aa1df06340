package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret under the name that a MountSession publishes, whoever made it. Values do not show in {@link #toString()}.
 *
 * @param owners uids of its owner references
 * @param annotations its annotations
 * @param data its values by key, decoded
 * @param owner whose it is, in words for a message, such as {@code ExternalSecret keys}; as its metadata has it, so treat it
 *     as any text from elsewhere
 * @param terminating it carries a deletion timestamp
 */
record PublishedSecret(
        List<String> owners,
        Map<String, String> annotations,
        Map<String, String> data,
        String owner,
        boolean terminating) {
    /** What a value counts as that is not base64: what no session's value is. */
    private static final String UNREADABLE = "\uFFFD";

    private static final String NOBODY = "somebody whom it does not name";

    PublishedSecret {
        owners = List.copyOf(owners);
        annotations = Map.copyOf(annotations);
        data = Map.copyOf(data);
    }

    /**
     * @param secret a Secret, whoever made it
     * @return what there is to know of it
     */
    static PublishedSecret of(Secret secret) {
        ObjectMeta metadata = secret.getMetadata();
        Map<String, String> data = new HashMap<>();
        orEmpty(secret.getData()).forEach((key, value) -> data.put(key, decoded(value)));
        return new PublishedSecret(
                metadata.getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .toList(),
                orEmpty(metadata.getAnnotations()),
                data,
                owner(metadata),
                metadata.getDeletionTimestamp() != null);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value == null ? "" : value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return UNREADABLE;
        }
    }

    private static String owner(ObjectMeta metadata) {
        String manager = orEmpty(metadata.getLabels()).getOrDefault(SecretManifest.MANAGED_BY, "");
        return metadata.getOwnerReferences().stream()
                .min(Comparator.comparing(each -> !Boolean.TRUE.equals(each.getController())))
                .map(each -> each.getKind() + " " + each.getName())
                .orElse(manager.isBlank() ? NOBODY : manager);
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    /**
     * Ours is what names us as its owner; where a restored backup lost its owner references, the record counts. Never what
     * somebody else owns.
     *
     * @param uid uid of the MountSession
     * @return whose it is, and whether it is as we wrote it
     */
    Target target(String uid) {
        Optional<SessionRecord> record = record(uid);
        boolean ours = owners.contains(uid) || (owners.isEmpty() && record.isPresent());
        if (!ours) {
            return Target.FOREIGN;
        }
        return record.filter(each -> each.describes(data)).isPresent() ? Target.INTACT : Target.CHANGED;
    }

    /**
     * @param uid uid of the MountSession
     * @return the record that this MountSession wrote; empty when there is none or it makes no sense
     */
    Optional<SessionRecord> record(String uid) {
        return SessionRecord.parse(annotations).filter(each -> each.ownerUid().equals(uid));
    }

    @Override
    public String toString() {
        return "PublishedSecret[owners=" + owners + ", keys=" + data.keySet() + "]";
    }
}
