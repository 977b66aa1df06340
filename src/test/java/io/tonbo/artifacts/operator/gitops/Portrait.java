package io.tonbo.artifacts.operator.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object as it was in a state, and the same without what differs each time. */
record Portrait(ObjectNode object) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    /** What is written in the place of what differs each time. */
    private static final Map<String, String> ALWAYS_THE_SAME = new LinkedHashMap<>();

    static {
        ALWAYS_THE_SAME.put("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "2026-01-01T00:00:00Z");
        ALWAYS_THE_SAME.put("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000000-0000-4000-8000-000000000000");
        ALWAYS_THE_SAME.put("http://127\\.0\\.0\\.1:\\d+", "https://s3.example.com");
        ALWAYS_THE_SAME.put("127\\.0\\.0\\.1:\\d+", "orchestrator.example.com:443");
        ALWAYS_THE_SAME.put("\\b(ws|ms)_[0-9a-z]{24}", "$1_000000000000000000000000");
        ALWAYS_THE_SAME.put("\\bv-[0-9a-z]{20}\\b", "v-00000000000000000000");
        ALWAYS_THE_SAME.put("\\{u_\\d+_w_\\d+}", "{u_1_w_1}");
        ALWAYS_THE_SAME.put("asked-\\d+", "2026-01-01T00:00:00Z");
    }

    static Portrait of(CustomResource<?, ?> object) {
        try {
            return new Portrait((ObjectNode) JSON.readTree(KUBERNETES.asJson(object)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return as it is kept in a file
     */
    String yaml() {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).remove(List.of("managedFields", "resourceVersion", "creationTimestamp"));
        String own = object.at("/metadata/name").asText();
        try {
            String text = ResourceCustomization.YAML
                    .writeValueAsString(copy)
                    .replace(object.at("/metadata/namespace").asText(), "team-a")
                    .replace(own, "files");
            for (Map.Entry<String, String> each : ALWAYS_THE_SAME.entrySet()) {
                text = text.replaceAll(each.getKey(), each.getValue());
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a GitOps tool could see of a state, so what must be the same each time: which generation is spoken of, and type,
     * status and reason of each condition.
     */
    static Map<String, String> features(JsonNode object) {
        Map<String, String> features = new TreeMap<>();
        JsonNode observed = object.at("/status/observedGeneration");
        features.put(
                "generation",
                observed.asLong() == object.at("/metadata/generation").asLong() ? "observed" : "not observed");
        features.put("suspend", object.at("/spec/suspend").asText());
        for (JsonNode condition : object.at("/status/conditions")) {
            features.put(
                    condition.path("type").asText(),
                    condition.path("status").asText() + " "
                            + condition.path("reason").asText());
        }
        return features;
    }
}
