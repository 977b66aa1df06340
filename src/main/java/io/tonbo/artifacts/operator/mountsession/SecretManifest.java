package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.SecretTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Secret to write. Its data is the credential and nothing else, since the record's hash covers all of it. Of labels,
 * annotations and owner references only those are touched that the operator or a {@code spec.secretTemplate} put there.
 */
final class SecretManifest {
    /** Type of every published Secret; Kubernetes never lets it change. */
    static final String TYPE = "Opaque";

    /** Label that says who keeps an object. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private static final String OPERATOR = "artifacts-operator";

    private SecretManifest() {}

    /**
     * @param existing the Secret to replace, which must be this MountSession's own; null to make a new one
     * @param owner the MountSession that publishes it
     * @param record the session's record
     * @param credential what to publish
     * @return the Secret to write, with the resourceVersion and uid of the existing one
     */
    static Secret of(Secret existing, MountSession owner, SessionRecord record, PublishedCredential credential) {
        ObjectMeta before = existing == null ? named(owner) : existing.getMetadata();
        Map<String, String> annotations = annotations(before, owner);
        for (SecretAnnotation each : SecretAnnotation.values()) {
            if (each != SecretAnnotation.TEMPLATE) {
                annotations.remove(each.key());
            }
        }
        annotations.putAll(record.annotations());
        return new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder(before)
                        .withManagedFields()
                        .withLabels(labels(before, owner))
                        .withAnnotations(annotations)
                        .withOwnerReferences(owners(before, owner))
                        .build())
                .withType(TYPE)
                .withData(encoded(credential))
                .build();
    }

    /**
     * Whether a Secret carries what it would be given today, its record and data aside. What others added doesn't count.
     *
     * @param existing a Secret of this MountSession
     * @param owner the MountSession
     */
    static boolean dressed(Secret existing, MountSession owner) {
        ObjectMeta now = existing.getMetadata();
        return labels(now, owner).equals(orEmpty(now.getLabels()))
                && annotations(now, owner).equals(orEmpty(now.getAnnotations()))
                && owners(now, owner).equals(now.getOwnerReferences());
    }

    private static ObjectMeta named(MountSession owner) {
        return new ObjectMetaBuilder()
                .withName(owner.secretName())
                .withNamespace(owner.getMetadata().getNamespace())
                .build();
    }

    private static Map<String, String> encoded(PublishedCredential credential) {
        Map<String, String> encoded = new LinkedHashMap<>();
        credential
                .data()
                .forEach((key, value) ->
                        encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    private static Map<String, String> labels(ObjectMeta before, MountSession owner) {
        Map<String, String> labels = new TreeMap<>(orEmpty(before.getLabels()));
        labels.keySet().removeAll(TemplateTrace.of(before).labels());
        labels.putAll(templateLabels(owner));
        labels.put(MANAGED_BY, OPERATOR);
        labels.remove(ArtifactsApi.MOUNT_SESSION);
        String name = owner.getMetadata().getName();
        // Names may be longer than labels; whoever needs the name of such an owner finds it in the owner reference.
        if (name.length() <= SecretTemplate.MAX_LABEL) {
            labels.put(ArtifactsApi.MOUNT_SESSION, name);
        }
        return labels;
    }

    /** Without a record: those of others, the template's, and which are the template's. */
    private static Map<String, String> annotations(ObjectMeta before, MountSession owner) {
        Map<String, String> template = templateAnnotations(owner);
        Map<String, String> annotations = new TreeMap<>(orEmpty(before.getAnnotations()));
        annotations.keySet().removeAll(TemplateTrace.of(before).annotations());
        annotations.remove(SecretAnnotation.TEMPLATE.key());
        annotations.putAll(template);
        TemplateTrace.of(templateLabels(owner).keySet(), template.keySet())
                .json()
                .ifPresent(json -> annotations.put(SecretAnnotation.TEMPLATE.key(), json));
        return annotations;
    }

    private static Map<String, String> templateLabels(MountSession owner) {
        SecretTemplate template = owner.getSpec().getSecretTemplate();
        Map<String, String> labels = template == null ? new TreeMap<>() : new TreeMap<>(template.getLabels());
        labels.keySet().removeIf(key -> reserved(key) || key.equals(MANAGED_BY));
        return labels;
    }

    private static Map<String, String> templateAnnotations(MountSession owner) {
        SecretTemplate template = owner.getSpec().getSecretTemplate();
        Map<String, String> annotations = template == null ? new TreeMap<>() : new TreeMap<>(template.getAnnotations());
        annotations.keySet().removeIf(SecretManifest::reserved);
        return annotations;
    }

    /**
     * Keys that only the operator sets. The CustomResourceDefinition keeps them out of templates; an old one that doesn't must
     * not let anybody write a record.
     */
    static boolean reserved(String key) {
        return key.startsWith(ArtifactsApi.GROUP + "/");
    }

    private static List<OwnerReference> owners(ObjectMeta before, MountSession owner) {
        List<OwnerReference> others = new ArrayList<>(before.getOwnerReferences());
        others.removeIf(each -> isOf(each, owner));
        OwnerReference ours = new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(MountSession.class))
                .withKind(HasMetadata.getKind(MountSession.class))
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                // The API server refuses a second controller, and would refuse every renewal with it.
                .withController(others.stream().noneMatch(each -> Boolean.TRUE.equals(each.getController())))
                .withBlockOwnerDeletion(false)
                .build();
        List<OwnerReference> present = before.getOwnerReferences().stream()
                .filter(each -> isOf(each, owner))
                .toList();
        if (present.equals(List.of(ours))) {
            return before.getOwnerReferences();
        }
        others.add(ours);
        return others;
    }

    private static boolean isOf(OwnerReference reference, MountSession owner) {
        return owner.getMetadata().getUid().equals(reference.getUid());
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
