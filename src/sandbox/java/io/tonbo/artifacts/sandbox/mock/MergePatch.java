package io.tonbo.artifacts.sandbox.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 7396: objects are merged, null removes, everything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /**
     * @param target changed in place
     * @param patch what to change
     */
    static void apply(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                JsonNode there = target.get(field.getKey());
                ObjectNode merged = there instanceof ObjectNode object ? object : target.objectNode();
                apply(merged, (ObjectNode) value);
                target.set(field.getKey(), merged);
            } else {
                target.set(field.getKey(), value);
            }
        });
    }
}
