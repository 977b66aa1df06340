package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.testing.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tests of what Argo CD's users can click, as its own repository runs them. With {@code -Dartifacts.docs.update=true}
 * what is expected of the actions is written first.
 */
class ArgoActionsIT {
    private static final String ALWAYS_THE_SAME = "2026-01-01T00:00:00Z";

    /** What each action annotates an object with, so that the operator acts. */
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "refresh", ArtifactsApi.RECONCILE_REQUESTED_AT,
            "reissue", ArtifactsApi.REISSUE_REQUESTED_AT);

    private static ArgoLua lua;

    @BeforeAll
    static void start() {
        lua = new ArgoLua();
    }

    @AfterAll
    static void stop() {
        Closing.each(lua);
    }

    private static Stream<Arguments> tests(String list) {
        return ResourceCustomization.KINDS.stream()
                .map(ResourceCustomization::new)
                .flatMap(customization -> customization
                        .tests("actions/action_test.yaml", list)
                        .map(test -> Arguments.of(customization, test)));
    }

    static Stream<Arguments> discoveryTests() {
        return tests("discoveryTests");
    }

    static Stream<Arguments> actionTests() {
        return tests("actionTests");
    }

    private static JsonNode input(ResourceCustomization customization, JsonNode test) {
        return customization.document("actions/" + test.path("inputPath").asText());
    }

    @ParameterizedTest
    @MethodSource
    void discoveryTests(ResourceCustomization customization, JsonNode test) {
        JsonNode actions = lua.run(customization.script("actions/discovery.lua"), input(customization, test));

        assertThat(actions.size()).isEqualTo(test.path("result").size());
        for (JsonNode expected : test.path("result")) {
            JsonNode action = actions.path(expected.path("name").asText());
            for (String field : new String[] {"displayName", "iconClass"}) {
                assertThat(action.path(field)).as(field).isEqualTo(expected.path(field));
            }
            assertThat(action.path("disabled").asBoolean())
                    .isEqualTo(expected.path("disabled").asBoolean());
        }
    }

    @ParameterizedTest
    @MethodSource
    void actionTests(ResourceCustomization customization, JsonNode test) throws IOException {
        String action = test.path("action").asText();
        String expected = "actions/" + test.path("expectedOutputPath").asText();
        ObjectNode input = (ObjectNode) input(customization, test);
        if (ResourceCustomization.UPDATE) {
            ObjectNode annotated = input.deepCopy();
            annotated.withObject("metadata").withObject("annotations").put(ANNOTATIONS.get(action), ALWAYS_THE_SAME);
            Files.writeString(
                    customization.directory().resolve(expected),
                    ResourceCustomization.YAML.writeValueAsString(annotated));
        }

        JsonNode output = lua.run(customization.script("actions/" + action + "/action.lua"), input);

        ObjectNode annotations = output.withObject("metadata").withObject("annotations");
        assertThat(Instant.parse(annotations.path(ANNOTATIONS.get(action)).asText()))
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        annotations.put(ANNOTATIONS.get(action), ALWAYS_THE_SAME);
        assertThat(output)
                .as("%s; to write it anew: %s", expected, LifeStates.UPDATE)
                .isEqualTo(customization.document(expected));
    }
}
