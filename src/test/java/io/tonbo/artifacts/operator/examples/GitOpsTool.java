package io.tonbo.artifacts.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does to a cluster what Argo CD and Flux do: builds a directory, applies objects as their field manager, looks for drift. */
final class GitOpsTool {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kubectl kubectl;
    private final String fieldManager;

    GitOpsTool(KubeCluster cluster, String fieldManager) {
        kubectl = cluster.kubectlAs(cluster.adminKubeconfig());
        this.fieldManager = fieldManager;
    }

    /**
     * @param file a manifest
     * @return its documents
     */
    static List<JsonNode> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents(String yaml) {
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param file a manifest of one object
     * @return what kubectl makes of it
     */
    JsonNode read(Path file) {
        return json(kubectl.run("create", "--dry-run=client", "-o", "json", "-f", file.toString())
                .orFail());
    }

    /**
     * @param directory with a kustomization.yaml
     * @return what it builds
     */
    List<JsonNode> build(Path directory) {
        return documents(kubectl.run("kustomize", directory.toString()).orFail());
    }

    /** Applies it server-side, without force: somebody else's field is a failure. */
    void apply(JsonNode object) {
        apply(object, List.of());
    }

    /** Whether it would be accepted, whoever owns its fields now. */
    void check(JsonNode object) {
        apply(object, List.of("--dry-run=server", "--force-conflicts"));
    }

    private JsonNode apply(JsonNode object, List<String> more) {
        List<String> command = new ArrayList<>(
                List.of("apply", "--server-side", "--field-manager=" + fieldManager, "-o", "json", "-f", "-"));
        command.addAll(more);
        return json(kubectl.runWithInput(object.toString(), command.toArray(String[]::new))
                .orFail());
    }

    /**
     * @return the object as it is in the cluster
     */
    JsonNode live(JsonNode object) {
        return live(object.path("kind").asText(), namespace(object), name(object));
    }

    JsonNode live(String kind, String namespace, String name) {
        return json(
                kubectl.run("get", kind, name, "-n", namespace, "-o", "json").orFail());
    }

    boolean exists(JsonNode object) {
        return kubectl.run("get", object.path("kind").asText(), name(object), "-n", namespace(object))
                        .exitCode()
                == 0;
    }

    /**
     * Deletes it and waits until it is gone.
     *
     * @param cascade foreground or background
     */
    void delete(JsonNode object, String cascade) {
        kubectl.run(
                        "delete",
                        object.path("kind").asText(),
                        name(object),
                        "--namespace=" + namespace(object),
                        "--cascade=" + cascade,
                        "--timeout=60s")
                .orFail();
    }

    /**
     * @param object as it is in Git
     * @return what applying it now would change, as {@code diff} shows it; empty for nothing
     */
    Optional<String> drift(JsonNode object) {
        Kubectl.Result result = kubectl.runWithInput(
                object.toString(), "diff", "--server-side", "--field-manager=" + fieldManager, "-f", "-");
        return switch (result.exitCode()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(result.output());
            default -> throw new AssertionError(result.errors());
        };
    }

    /**
     * @param object as it is in Git
     * @return the field managers that a part of its spec is of, in the cluster
     */
    Set<String> writersOfSpec(JsonNode object) {
        JsonNode live = json(kubectl.run(
                        "get",
                        object.path("kind").asText(),
                        name(object),
                        "--namespace=" + namespace(object),
                        "--show-managed-fields",
                        "--output=json")
                .orFail());
        Set<String> writers = new HashSet<>();
        for (JsonNode entry : live.at("/metadata/managedFields")) {
            if (entry.path("fieldsV1").has("f:spec")) {
                writers.add(entry.path("manager").asText());
            }
        }
        return writers;
    }

    String fieldManager() {
        return fieldManager;
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText("default");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
