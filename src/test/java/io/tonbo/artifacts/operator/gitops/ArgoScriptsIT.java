package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.testing.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tests of the scripts for Argo CD as its own repository runs them. With {@code -Dartifacts.docs.update=true} the list
 * of them is written first, from the states of both kinds.
 */
class ArgoScriptsIT {
    private static ArgoHealth argo;
    private static ArgoLua lua;

    @BeforeAll
    static void start() throws IOException {
        argo = ArgoHealth.builtIn();
        lua = new ArgoLua();
        if (ResourceCustomization.UPDATE) {
            for (String kind : ResourceCustomization.KINDS) {
                Files.writeString(
                        new ResourceCustomization(kind).directory().resolve("health_test.yaml"), healthTests(kind));
            }
        }
    }

    @AfterAll
    static void stop() {
        Closing.each(argo, lua);
    }

    private static String healthTests(String kind) throws JsonProcessingException {
        ObjectNode document = ResourceCustomization.YAML.createObjectNode();
        ArrayNode tests = document.putArray("tests");
        LifeStates.asked(kind).forEach(state -> {
            JsonNode object = new ResourceCustomization(kind).document("testdata/" + state.name() + ".yaml");
            ObjectNode test = tests.addObject();
            test.putObject("healthStatus").put("status", state.health()).put("message", message(object));
            test.put("inputPath", "testdata/" + state.name() + ".yaml");
        });
        return ResourceCustomization.YAML.writeValueAsString(document);
    }

    /** What a user of Argo CD is to read. */
    private static String message(JsonNode object) {
        if (Portrait.features(object).get("generation").equals("observed")) {
            for (JsonNode condition : object.at("/status/conditions")) {
                if (condition.path("type").asText().equals("Ready")) {
                    return condition.path("reason").asText() + ": "
                            + condition.path("message").asText();
                }
            }
        }
        return "Waiting for the operator";
    }

    static Stream<Arguments> healthTests() {
        return ResourceCustomization.KINDS.stream().flatMap(kind -> new ResourceCustomization(kind)
                .tests("health_test.yaml", "tests")
                .map(test -> Arguments.of(kind, test.path("inputPath").asText(), test.path("healthStatus"))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void healthTests(String kind, String inputPath, JsonNode expected) {
        JsonNode object = new ResourceCustomization(kind).document(inputPath);

        assertThat(argo.byScript(object))
                .isEqualTo(new ArgoHealth.Health(
                        expected.path("status").asText(),
                        expected.path("message").asText()));
    }

    @Test
    void everyStateIsTestedAndNothingElseIs() throws IOException {
        for (String kind : ResourceCustomization.KINDS) {
            ResourceCustomization customization = new ResourceCustomization(kind);
            List<String> states = LifeStates.asked(kind)
                    .map(state -> "testdata/" + state.name() + ".yaml")
                    .toList();
            assertThat(customization.tests("health_test.yaml", "tests").map(test -> test.path("inputPath")
                            .asText()))
                    .as("to write it anew: %s", LifeStates.UPDATE)
                    .containsExactlyElementsOf(states);
            try (Stream<Path> files = Files.list(customization.directory().resolve("testdata"))) {
                assertThat(files.map(file -> "testdata/" + file.getFileName()))
                        .containsExactlyInAnyOrderElementsOf(states);
            }
        }
    }

    /** An object of a CRD without that default, or one that another writer left bare. */
    @Test
    void whatHasNoStatusIsProgressing() {
        ObjectNode bare = (ObjectNode) new ResourceCustomization("Workspace").document("testdata/healthy_active.yaml");
        bare.remove("status");
        assertThat(argo.byScript(bare)).isEqualTo(new ArgoHealth.Health("Progressing", "Waiting for the operator"));

        bare.putObject("status")
                .put("observedGeneration", bare.at("/metadata/generation").asLong());
        assertThat(argo.byScript(bare)).isEqualTo(new ArgoHealth.Health("Progressing", "Waiting for the operator"));
    }

    @Test
    void aScriptHasNoMoreThanArgoOpensForIt() {
        JsonNode nothing = ResourceCustomization.YAML.createObjectNode();
        for (Map.Entry<String, String> forbidden : Map.of(
                        "io",
                        "return io.open('/etc/passwd')",
                        "string",
                        "return string.rep('x', 9)",
                        "os",
                        "os.exit(1)")
                .entrySet()) {
            assertThatThrownBy(() -> lua.run(forbidden.getValue(), nothing))
                    .as(forbidden.getKey())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> lua.run("while true do end", nothing)).hasMessageContaining("deadline");
    }
}
