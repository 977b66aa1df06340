package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Rules that every field of the definition keeps, whoever adds the next one. */
class WorkspaceDefinitionTest {
    private final JsonNode crd = read();
    private final JsonNode version = crd.at("/spec/versions/0");
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();

    WorkspaceDefinitionTest() {
        collect("", version.at("/schema/openAPIV3Schema"));
    }

    @Test
    void everyFieldIsDescribedInASentence() {
        assertThat(fields)
                .hasSizeGreaterThan(40)
                .allSatisfy((path, schema) ->
                        assertThat(schema.path("description").asText()).as(path).matches("[A-Za-z].{9,}\\."));
    }

    @Test
    void everyFieldOfTheSpecSaysWhetherItCanChangeLater() {
        assertThat(where((path, schema) -> path.startsWith(".spec.") && !path.endsWith("Ref.name")))
                .allSatisfy((path, schema) ->
                        assertThat(schema.get("description").asText()).as(path).containsIgnoringCase("can change"));
    }

    @Test
    void everyDefaultIsNamedInTheDescription() {
        assertThat(where((path, schema) -> path.startsWith(".spec.") && schema.has("default")))
                .hasSize(5)
                .allSatisfy(
                        (path, schema) -> assertThat(schema.get("description").asText())
                                .as(path)
                                .containsIgnoringCase("default")
                                .contains(schema.get("default").asText()));
    }

    @Test
    void aSpecReadFromElsewhereHasTheSameDefaults() {
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(new StorageSpec());
        JsonNode written = new ObjectMapper().valueToTree(spec);

        assertThat(where((path, schema) -> path.startsWith(".spec.") && schema.has("default")))
                .allSatisfy((path, schema) -> assertThat(
                                written.at(path.replace(".spec", "").replace('.', '/')))
                        .as(path)
                        .isEqualTo(schema.get("default")));
    }

    @Test
    void everyStringListAndMapIsBounded() {
        assertThat(fields).allSatisfy((path, schema) -> {
            switch (schema.path("type").asText()) {
                case "string" ->
                    assertThat(schema.has("maxLength")
                                    || schema.has("enum")
                                    || schema.path("format").asText().equals("date-time"))
                            .as("%s has maxLength, enum or format date-time", path)
                            .isTrue();
                case "array" ->
                    assertThat(schema.has("maxItems"))
                            .as("%s has maxItems", path)
                            .isTrue();
                case "object" ->
                    assertThat(schema.has("properties") || schema.has("maxProperties"))
                            .as("%s has properties or maxProperties", path)
                            .isTrue();
                default -> assertThat(schema.path("type").asText()).as(path).isIn("integer", "boolean");
            }
        });
    }

    @Test
    void everyRuleNamesItsFieldInItsMessage() throws IOException {
        assertThat(CelRule.ofWorkspace()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            String field = rule.path().substring(rule.path().lastIndexOf('.') + 1);
            String named = field.equals("storage") ? "bucket, endpoint, region and prefix" : field;
            assertThat(rule.message()).contains(field.equals("status") ? "workspaceId and storage" : named);
        });
    }

    @Test
    void listsAndReferencesMergeLikeKubernetesOwn() {
        assertThat(fields.get(".status.conditions")
                        .path("x-kubernetes-list-type")
                        .asText())
                .isEqualTo("map");
        assertThat(fields.get(".status.conditions")
                        .path("x-kubernetes-list-map-keys")
                        .path(0)
                        .asText())
                .isEqualTo("type");
        assertThat(where((path, schema) -> path.endsWith("Ref"))).hasSize(2).allSatisfy((path, schema) -> assertThat(
                        schema.path("x-kubernetes-map-type").asText())
                .as(path)
                .isEqualTo("atomic"));
    }

    @Test
    void numbersAndTimesCarryTheirFormat() {
        assertThat(fields.get(".status.observedGeneration").path("format").asText())
                .isEqualTo("int64");
        assertThat(fields.get(".status.conditions[].observedGeneration")
                        .path("format")
                        .asText())
                .isEqualTo("int64");
        assertThat(fields.get(".status.lastError.httpStatus").path("format").asText())
                .isEqualTo("int32");
        assertThat(fields.get(".status.lastError.firstSeen").path("format").asText())
                .isEqualTo("date-time");
    }

    @Test
    void namesAreWhatTheDocumentationSays() {
        JsonNode names = crd.at("/spec/names");
        assertThat(names.toString())
                .contains("\"tws\"", "\"artifacts\"", "\"WorkspaceList\"", "\"workspaces\"", "\"workspace\"");
        assertThat(crd.at("/spec/scope").asText()).isEqualTo("Namespaced");
        assertThat(version.at("/name").asText()).isEqualTo("v1alpha1");
    }

    private Map<String, JsonNode> where(BiPredicate<String, JsonNode> chosen) {
        Map<String, JsonNode> found = new LinkedHashMap<>(fields);
        found.entrySet().removeIf(field -> !chosen.test(field.getKey(), field.getValue()));
        return found;
    }

    private void collect(String path, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            String name = path + "." + property.getKey();
            fields.put(name, property.getValue());
            collect(name, property.getValue());
        });
        collectItems(path + "[]", schema.path("items"));
    }

    private void collectItems(String path, JsonNode items) {
        if (!items.isMissingNode()) {
            collect(path, items);
        }
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(CustomResourceDefinitions.file(Workspace.class).toFile());
        } catch (IOException e) {
            throw new IllegalStateException("no CustomResourceDefinition: " + CustomResourceDefinitions.REGENERATE, e);
        }
    }
}
