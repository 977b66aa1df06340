package io.tonbo.artifacts.sandbox.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What an API server fills in when an object is written: the defaults of a CRD's schema, and a Secret's {@code data}. */
final class WriteDefaults {
    private static final String STRING_DATA = "stringData";

    private final Map<String, JsonNode> schemas = new HashMap<>();

    /**
     * @param object one that was created; its schemas are kept if it is a CustomResourceDefinition
     */
    void learn(ObjectNode object) {
        JsonNode spec = object.path("spec");
        if (object.path("kind").asText().equals("CustomResourceDefinition")) {
            spec.path("versions")
                    .forEach(version -> schemas.put(
                            key(
                                    spec.path("group").asText() + "/"
                                            + version.path("name").asText(),
                                    spec.path("names").path("kind").asText()),
                            version.path("schema").path("openAPIV3Schema")));
        }
    }

    /**
     * @param object about to be written; changed in place
     */
    void fillIn(ObjectNode object) {
        String kind = object.path("kind").asText();
        JsonNode schema = schemas.get(key(object.path("apiVersion").asText(), kind));
        if (schema != null) {
            // The status is the status subresource's.
            fillIn(object.path("spec"), schema.path("properties").path("spec"));
        } else if (kind.equals("Secret") && object.get(STRING_DATA) instanceof ObjectNode strings) {
            strings.properties().forEach(field -> object.withObjectProperty("data")
                    .put(
                            field.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(field.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            object.remove(STRING_DATA);
        }
    }

    private static String key(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }

    private static void fillIn(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(field -> {
                JsonNode standard = field.getValue().get("default");
                if (standard != null && !object.has(field.getKey())) {
                    object.set(field.getKey(), standard.deepCopy());
                }
                fillIn(object.path(field.getKey()), field.getValue());
            });
        } else if (value.isArray()) {
            value.forEach(item -> fillIn(item, schema.path("items")));
        }
    }
}
