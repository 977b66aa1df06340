package io.tonbo.artifacts.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON merge patch (RFC 7396) that turns one object into another: lists whole, removed fields as null. */
final class MergePatch {
    private MergePatch() {}

    /**
     * @return the patch; empty when both are the same
     */
    static ObjectNode between(JsonNode before, JsonNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        before.fieldNames().forEachRemaining(name -> {
            if (!after.has(name)) {
                patch.putNull(name);
            }
        });
        after.properties().forEach(field -> {
            JsonNode was = before.get(field.getKey());
            JsonNode is = field.getValue();
            if (is.isObject() && was != null && was.isObject()) {
                ObjectNode inner = between(was, is);
                if (!inner.isEmpty()) {
                    patch.set(field.getKey(), inner);
                }
            } else if (!is.equals(was)) {
                patch.set(field.getKey(), is);
            }
        });
        return patch;
    }
}
