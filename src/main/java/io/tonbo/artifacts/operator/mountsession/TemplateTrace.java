package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which labels and annotations of a Secret came from a {@code spec.secretTemplate}, so that those which leave it can be told
 * from those of others. Kept in {@link SecretAnnotation#TEMPLATE}.
 *
 * @param labels keys of labels
 * @param annotations keys of annotations
 */
record TemplateTrace(SortedSet<String> labels, SortedSet<String> annotations) {
    private static final String LABELS = "labels";
    private static final String ANNOTATIONS = "annotations";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param labels keys of a template's labels
     * @param annotations keys of a template's annotations
     * @return that template's trace
     */
    static TemplateTrace of(Collection<String> labels, Collection<String> annotations) {
        return new TemplateTrace(new TreeSet<>(labels), new TreeSet<>(annotations));
    }

    /**
     * @param metadata metadata of a Secret, whoever wrote it
     * @return the trace in it; what makes no sense, and what no template can set, counts as absent
     */
    static TemplateTrace of(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations();
        String text = annotations == null ? null : annotations.get(SecretAnnotation.TEMPLATE.key());
        JsonNode json = JsonNodeFactory.instance.missingNode();
        try {
            json = text == null ? json : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Somebody edited it. Nothing is removed for it, and the next write mends it.
        }
        return new TemplateTrace(keys(json.path(LABELS)), keys(json.path(ANNOTATIONS)));
    }

    private static SortedSet<String> keys(JsonNode json) {
        SortedSet<String> keys = new TreeSet<>();
        json.forEach(each -> {
            if (each.isTextual() && !SecretManifest.reserved(each.textValue())) {
                keys.add(each.textValue());
            }
        });
        return keys;
    }

    /**
     * @return the value of the annotation; empty when the template is
     */
    Optional<String> json() {
        if (labels.isEmpty() && annotations.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        labels.forEach(json.putArray(LABELS)::add);
        annotations.forEach(json.putArray(ANNOTATIONS)::add);
        return Optional.of(json.toString());
    }
}
