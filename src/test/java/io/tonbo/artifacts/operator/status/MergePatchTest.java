package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            # before                      | after                       | patch
            {}                            | {}                          | {}
            {}                            | {"a":1}                     | {"a":1}
            {"a":1}                       | {"a":1}                     | {}
            {"a":1}                       | {"a":2}                     | {"a":2}
            {"a":1,"b":2}                 | {"b":2}                     | {"a":null}
            {"a":{"x":1,"y":2}}           | {"a":{"x":1}}               | {"a":{"y":null}}
            {"a":{"x":1}}                 | {"a":{"x":1}}               | {}
            {"a":{"x":1}}                 | {}                          | {"a":null}
            {"a":{"x":1}}                 | {"a":7}                     | {"a":7}
            {"a":7}                       | {"a":{"x":1}}               | {"a":{"x":1}}
            {"a":[1,2,3]}                 | {"a":[1,3]}                 | {"a":[1,3]}
            {"a":[1,2,3]}                 | {"a":[]}                    | {"a":[]}
            {"a":[{"x":1}]}               | {"a":[{"x":2}]}             | {"a":[{"x":2}]}
            """)
    void byExample(String before, String after, String patch) throws JsonProcessingException {
        assertThat(MergePatch.between(JSON.readTree(before), JSON.readTree(after)))
                .isEqualTo(JSON.readTree(patch));
    }

    @Test
    void appliedToWhatWasItGivesWhatIsToBe() {
        Random random = new Random(11);
        int patched = 0;
        for (int i = 0; i < 5000; i++) {
            ObjectNode before = object(random, 3);
            ObjectNode after = object(random, 3);
            ObjectNode patch = MergePatch.between(before, after);
            assertThat(apply(before, patch))
                    .as("%s to %s by %s", before, after, patch)
                    .isEqualTo(after);
            assertThat(patch.isEmpty()).isEqualTo(before.equals(after));
            patched += patch.isEmpty() ? 0 : 1;
        }
        assertThat(patched).isGreaterThan(1000);
    }

    /** RFC 7396, section 2, word for word. */
    private static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result =
                target != null && target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), apply(result.get(field.getKey()), field.getValue()));
            }
        });
        return result;
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name : new String[] {"a", "b", "c"}) {
            if (random.nextBoolean()) {
                object.set(name, value(random, depth));
            }
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        if (depth > 0 && random.nextBoolean()) {
            return object(random, depth - 1);
        }
        if (random.nextInt(4) == 0) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(object(random, 0));
            }
            return list;
        }
        return JsonNodeFactory.instance.numberNode(random.nextInt(3));
    }
}
