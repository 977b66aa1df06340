package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A validation rule of a CustomResourceDefinition, as its refusals name it.
 *
 * @param path field that a refusal names, such as {@code spec.storage.bucket}
 * @param message what a refusal says
 */
record CelRule(String path, String message) {

    /** Every rule in the committed definition of the Workspace. */
    static List<CelRule> ofWorkspace() throws IOException {
        JsonNode crd = new ObjectMapper(new YAMLFactory())
                .readTree(CustomResourceDefinitions.file(Workspace.class).toFile());
        List<CelRule> rules = new ArrayList<>();
        collect(crd.at("/spec/versions/0/schema/openAPIV3Schema"), "", rules);
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
    }

    /** Whether an annotation {@code passes} means this rule. */
    boolean isMeantBy(String passes) {
        return (path + ": " + message).startsWith(passes);
    }

    /** Whether the API server's refusal comes from this rule. */
    boolean refusedIn(String refusal) {
        return refusal.contains(path + ": Invalid value") && refusal.contains(message);
    }
}
