package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources on the wire, read and written as the Kubernetes client does it. */
@ParameterizedClass
@EnumSource
class ResourceJsonTest {
    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();
    private final ResourceKind kind;

    ResourceJsonTest(ResourceKind kind) {
        this.kind = kind;
    }

    @Test
    void theFullObjectLacksNoFieldOfTheDefinition() throws IOException {
        JsonNode full = json.readTree(kind.full());
        assertHasAll("spec", full.get("spec"), kind.schema().at("/properties/spec"));
        assertHasAll("status", full.get("status"), kind.schema().at("/properties/status"));
    }

    @Test
    void whatIsReadIsWrittenBackUnchanged() throws IOException {
        assertThat(json.readTree(kubernetes.asJson(read(kind.full())))).isEqualTo(json.readTree(kind.full()));
    }

    @Test
    void whatIsReadTwiceIsEqualAndAnyFieldCounts() throws IOException {
        CustomResource<?, ?> once = read(kind.full());
        assertThat(once).isEqualTo(read(kind.full())).hasSameHashCodeAs(read(kind.full()));
        for (String part : new String[] {"spec", "status"}) {
            for (var field : json.readTree(kind.full()).get(part).properties()) {
                ObjectNode without = (ObjectNode) json.readTree(kind.full());
                without.withObject("/" + part).remove(field.getKey());
                assertThat(read(without.toString()))
                        .as("without %s.%s", part, field.getKey())
                        .isNotEqualTo(once)
                        .doesNotHaveToString(once.toString());
            }
        }
    }

    @Test
    void whatOnlyANewerDefinitionKnowsIsIgnoredInEveryObject() throws IOException {
        ObjectNode newer = (ObjectNode) json.readTree(kind.full());
        addUnknown(newer.withObject("/spec"), kind.schema().at("/properties/spec"));
        addUnknown(newer.withObject("/status"), kind.schema().at("/properties/status"));
        newer.put("extra", "field");

        assertThat(kubernetes.asJson(read(newer.toString()))).isEqualTo(kubernetes.asJson(read(kind.full())));
    }

    @Test
    void anEmptyStatusWritesNothing() {
        CustomResource<?, ?> empty = read("{\"status\": {}}");
        assertThat(kubernetes.asJson(empty.getStatus())).isEqualTo("{}");
    }

    private static void assertHasAll(String path, JsonNode value, JsonNode schema) {
        schema.path("properties").properties().forEach(field -> {
            String name = path + "." + field.getKey();
            assertThat(value.has(field.getKey())).as(name).isTrue();
            assertHasAll(name, value.get(field.getKey()), field.getValue());
        });
        if (schema.has("items")) {
            assertThat(value).as(path).isNotEmpty();
            assertHasAll(path + "[]", value.get(0), schema.get("items"));
        }
    }

    private CustomResource<?, ?> read(String text) {
        return kubernetes.unmarshal(text, kind.type());
    }

    /** Not to maps, whose keys are the user's own. */
    private static void addUnknown(JsonNode node, JsonNode schema) {
        node.properties()
                .forEach(field ->
                        addUnknown(field.getValue(), schema.path("properties").path(field.getKey())));
        if (node.isArray()) {
            node.forEach(item -> addUnknown(item, schema.path("items")));
        }
        if (schema.has("properties")) {
            ((ObjectNode) node).put("extra", "field").putObject("extraObject").put("a", 1);
        }
    }
}
