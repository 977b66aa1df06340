package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that every field of every definition keeps, whoever adds the next one. */
@ParameterizedClass
@EnumSource
class DefinitionTest {
    private final ResourceKind kind;
    private final JsonNode crd;
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    DefinitionTest(ResourceKind kind) {
        this.kind = kind;
        this.crd = kind.definition();
        collect("", kind.schema());
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
                .allSatisfy(
                        (path, schema) -> assertThat(schema.get("description").asText())
                                .as(path)
                                .containsPattern("(?i)can(not)? change"));
    }

    @Test
    void everyDefaultIsNamedInTheDescription() {
        assertThat(where((path, schema) -> path.startsWith(".spec.") && schema.has("default")))
                .isNotEmpty()
                .allSatisfy(
                        (path, schema) -> assertThat(schema.get("description").asText())
                                .as(path)
                                .containsIgnoringCase("default")
                                .contains(schema.get("default").asText()));
    }

    @Test
    void everyNumberIsBoundedInTheDescriptionAsWell() {
        assertThat(where((path, schema) -> path.startsWith(".spec.") && schema.has("minimum")))
                .allSatisfy(
                        (path, schema) -> assertThat(schema.get("description").asText())
                                .as(path)
                                .contains(schema.get("minimum").asInt() + " to "
                                        + schema.get("maximum").asInt()));
    }

    @Test
    void aSpecReadFromElsewhereHasTheSameDefaults() throws IOException {
        JsonNode minimal =
                new ObjectMapper(new YAMLFactory()).readTree(kind.minimal().toFile());
        KubernetesSerialization kubernetes = new KubernetesSerialization();
        JsonNode written =
                new ObjectMapper().readTree(kubernetes.asJson(kubernetes.unmarshal(minimal.toString(), kind.type())));

        assertThat(where((path, schema) -> path.startsWith(".spec.") && schema.has("default")))
                .allSatisfy((path, schema) ->
                        assertThat(written.at(path.replace('.', '/'))).as(path).isEqualTo(schema.get("default")));
    }

    @Test
    void everyStringListAndMapIsBounded() {
        Map<String, JsonNode> all = new LinkedHashMap<>(fields);
        all.putAll(values);
        assertThat(all).allSatisfy((path, schema) -> {
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
    void everyRuleNamesItsFieldInItsMessage() {
        assertThat(CelRule.of(kind)).hasSizeGreaterThan(10).allSatisfy(rule -> {
            String field = rule.path().substring(rule.path().lastIndexOf('.') + 1);
            String named = field.equals("storage") ? "bucket, endpoint, region and prefix" : field;
            assertThat(rule.message()).contains(field.equals("status") ? "workspaceId and storage" : named);
        });
    }

    @Test
    void everyListIsKeyedLikeKubernetesOwn() {
        assertThat(where((path, schema) -> schema.path("type").asText().equals("array")))
                .containsKey(".status.conditions")
                .allSatisfy((path, schema) -> {
                    assertThat(schema.path("x-kubernetes-list-type").asText())
                            .as(path)
                            .isEqualTo("map");
                    assertThat(schema.path("x-kubernetes-list-map-keys"))
                            .as(path)
                            .isNotEmpty()
                            .isSubsetOf(schema.at("/items/required"));
                });
        assertThat(fields.get(".status.conditions").get("x-kubernetes-list-map-keys"))
                .extracting(JsonNode::asText)
                .containsExactly("type");
    }

    @Test
    void everyReferenceIsReplacedAsAWhole() {
        assertThat(where((path, schema) -> path.endsWith("Ref"))).isNotEmpty().allSatisfy((path, schema) -> assertThat(
                        schema.path("x-kubernetes-map-type").asText())
                .as(path)
                .isEqualTo("atomic"));
    }

    @Test
    void numbersAndTimesCarryTheirFormat() {
        assertThat(where((path, schema) -> schema.path("type").asText().equals("integer")))
                .containsKeys(".status.observedGeneration", ".status.lastError.httpStatus")
                .allSatisfy((path, schema) -> assertThat(schema.path("format").asText())
                        .as(path)
                        .isEqualTo(path.endsWith(".observedGeneration") ? "int64" : "int32"));
        assertThat(where((path, schema) ->
                        path.matches(".*(At|Time|firstSeen)") && !path.endsWith(".lastHandledReconcileAt")))
                .containsKey(".status.lastError.firstSeen")
                .allSatisfy((path, schema) ->
                        assertThat(schema.path("format").asText()).as(path).isEqualTo("date-time"));
    }

    @Test
    void namesAreWhatTheDocumentationSays() {
        JsonNode names = crd.at("/spec/names");
        String name = kind.type().getSimpleName();
        assertThat(names.at("/kind").asText()).isEqualTo(name);
        assertThat(names.at("/listKind").asText()).isEqualTo(name + "List");
        assertThat(names.at("/singular").asText()).isEqualTo(name.toLowerCase(Locale.ROOT));
        assertThat(names.at("/plural").asText()).isEqualTo(name.toLowerCase(Locale.ROOT) + "s");
        assertThat(names.at("/shortNames")).extracting(JsonNode::asText).containsExactly(kind.shortName());
        assertThat(names.at("/categories")).extracting(JsonNode::asText).containsExactly("artifacts");
        assertThat(crd.at("/spec/scope").asText()).isEqualTo("Namespaced");
        assertThat(crd.at("/spec/versions"))
                .extracting(version -> version.at("/name").asText())
                .containsExactly("v1alpha1");
    }

    @Test
    void aNewObjectIsNotTakenForCurrent() {
        assertThat(fields.get(".status").at("/default/observedGeneration").asInt())
                .isEqualTo(-1);
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
        for (String nameless : List.of("items", "additionalProperties")) {
            if (schema.has(nameless)) {
                values.put(path + "[]", schema.get(nameless));
                collect(path + "[]", schema.get(nameless));
            }
        }
    }
}
