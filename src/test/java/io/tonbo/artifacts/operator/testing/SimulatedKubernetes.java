package io.tonbo.artifacts.operator.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tonbo.artifacts.operator.testing.DirectHttpClient.Answer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * As much of the Kubernetes API as reconciles of thousands of objects in simulated time need, by its rules: objects by name,
 * resourceVersions that must be the present one, a status of its own, no Pods. What it does not know it refuses.
 */
public final class SimulatedKubernetes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATUS = "/status";

    private final InstantSource clock;
    private final KubernetesClient client;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private BiConsumer<String, JsonNode> listener = (path, object) -> {};
    private Consumer<String> reads = path -> {};
    private long version;

    public SimulatedKubernetes(InstantSource clock) {
        this.clock = clock;
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://simulated")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientFactory(new DirectHttpClient.Factory(this::answer))
                .build();
    }

    public KubernetesClient client() {
        return client;
    }

    /**
     * @param heard told of each object that was written, with its path, before the writer knows; Events left out
     */
    public void afterEachWrite(BiConsumer<String, JsonNode> heard) {
        listener = heard;
    }

    /**
     * @param heard told of the path of each object that is read
     */
    public void afterEachRead(Consumer<String> heard) {
        reads = heard;
    }

    private synchronized Answer answer(String method, String path, String body) {
        try {
            return switch (method) {
                case "GET" -> get(path);
                case "POST" -> create(path, object(body));
                case "PUT" -> replace(path, object(body));
                case "PATCH" ->
                    path.endsWith(STATUS)
                            ? patchStatus(path.substring(0, path.length() - STATUS.length()), object(body))
                            : refusal(405, "MethodNotAllowed");
                default -> refusal(405, "MethodNotAllowed");
            };
        } catch (JsonProcessingException e) {
            return refusal(400, "BadRequest");
        }
    }

    private Answer get(String path) {
        if (path.endsWith("/pods")) {
            return reply(200, JSON.createObjectNode().put("kind", "PodList").put("apiVersion", "v1"));
        }
        reads.accept(path);
        return objects.containsKey(path) ? reply(200, objects.get(path)) : refusal(404, "NotFound");
    }

    private static ObjectNode object(String body) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(body);
    }

    private Answer create(String collection, ObjectNode object) {
        if (collection.endsWith("/events")) {
            return reply(201, object);
        }
        ObjectNode metadata = metadata(object);
        String path = collection + "/" + metadata.path("name").asText();
        if (objects.containsKey(path)) {
            return refusal(409, "AlreadyExists");
        }
        if (!metadata.hasNonNull("uid")) {
            metadata.put("uid", UUID.randomUUID().toString());
        }
        metadata.put(
                "creationTimestamp",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("generation", 1);
        return store(201, path, object);
    }

    private Answer replace(String path, ObjectNode object) {
        ObjectNode there = objects.get(path);
        if (there == null) {
            return refusal(404, "NotFound");
        }
        return isPresent(there, object) ? store(200, path, object) : refusal(409, "Conflict");
    }

    private Answer patchStatus(String path, ObjectNode patch) {
        ObjectNode there = objects.get(path);
        if (there == null) {
            return refusal(404, "NotFound");
        }
        if (!isPresent(there, patch)) {
            return refusal(409, "Conflict");
        }
        ObjectNode patched = there.deepCopy();
        merge(patched.withObjectProperty("status"), patch.path("status"));
        return store(200, path, patched);
    }

    private static boolean isPresent(ObjectNode there, ObjectNode sent) {
        return metadata(there).path("resourceVersion").equals(metadata(sent).path("resourceVersion"));
    }

    private static ObjectNode metadata(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(target.withObjectProperty(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private Answer store(int code, String path, ObjectNode object) {
        metadata(object).put("resourceVersion", Long.toString(++version));
        objects.put(path, object);
        listener.accept(path, object);
        return reply(code, object);
    }

    private static Answer reply(int code, JsonNode body) {
        return new Answer(code, body.toString());
    }

    private static Answer refusal(int code, String reason) {
        return reply(
                code,
                JSON.createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("reason", reason)
                        .put("message", reason)
                        .put("code", code));
    }

    @Override
    public void close() {
        client.close();
    }
}
