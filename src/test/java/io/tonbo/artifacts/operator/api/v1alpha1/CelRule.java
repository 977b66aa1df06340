package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A validation rule of a CustomResourceDefinition, as its refusals name it.
 *
 * @param path field that a refusal names, such as {@code spec.storage.bucket}
 * @param message what a refusal says
 */
record CelRule(String path, String message) {

    /** Every rule in the committed definition; {@code []} in a path stands for each item of a list. */
    static List<CelRule> of(ResourceKind kind) {
        List<CelRule> rules = new ArrayList<>();
        collect(kind.schema(), "", rules);
        return rules;
    }

    private static void collect(JsonNode schema, String path, List<CelRule> rules) {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            String named = path + rule.path("fieldPath").asText("");
            rules.add(new CelRule(
                    named.replaceFirst("^\\.", ""), rule.get("message").asText()));
        }
        schema.path("properties")
                .properties()
                .forEach(property -> collect(property.getValue(), path + "." + property.getKey(), rules));
        if (schema.has("items")) {
            collect(schema.get("items"), path + "[]", rules);
        }
    }

    /** Whether an annotation {@code passes} means this rule. */
    boolean isMeantBy(String passes) {
        return (path + ": " + message).startsWith(passes);
    }

    /** Whether the API server's refusal comes from this rule. */
    boolean refusedIn(String refusal) {
        String anyItem = refusal.replaceAll("\\[[0-9]+]", "[]");
        return anyItem.contains(path + ": Invalid value") && refusal.contains(message);
    }
}
