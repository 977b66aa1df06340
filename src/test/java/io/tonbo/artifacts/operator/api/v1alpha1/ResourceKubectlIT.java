package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody sees of any kind who holds nothing but kubectl. */
@ParameterizedClass
@EnumSource
class ResourceKubectlIT {
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    private final ResourceKind kind;

    ResourceKubectlIT(ResourceKind kind) {
        this.kind = kind;
    }

    @Test
    void explainDescribesTheResourceAndEachOfItsFields() {
        waitForTheDescriptions();
        assertExplained(kind.singular(), kind.schema());
        for (String part : List.of("spec", "status")) {
            assertExplained(kind.singular() + "." + part, kind.schema().at("/properties/" + part));
        }
    }

    @Test
    void explainRecursiveShowsTheWholeTree() {
        waitForTheDescriptions();
        assertThat(kubectl("explain", kind.singular(), "--recursive").split("[\\s<>]+"))
                .contains(fieldNames(kind.schema()).toArray(String[]::new));
    }

    @Test
    void aNewObjectHasItsDefaultsAndIsNotTakenForCurrent() throws IOException {
        AppliedMinimal minimal = AppliedMinimal.in("defaults", kind);

        JsonNode stored =
                new ObjectMapper().readTree(kubectl("get", minimal.address(), "-n", minimal.namespace(), "-o", "json"));
        assertThat(stored.at("/status/observedGeneration").asInt()).isEqualTo(-1);
        assertDefaulted("spec", stored.get("spec"), kind.schema().at("/properties/spec"));
    }

    @Test
    void columnsAreThoseOfTheDefinitionInItsOrder() {
        AppliedMinimal minimal = AppliedMinimal.in("columns", kind);
        List<JsonNode> columns = StreamSupport.stream(
                        kind.definition()
                                .at("/spec/versions/0/additionalPrinterColumns")
                                .spliterator(),
                        false)
                .toList();

        assertThat(header(kubectl("get", kind.plural(), "-n", minimal.namespace())))
                .containsExactlyElementsOf(names(
                        columns.stream().filter(column -> column.get("priority").asInt() == 0)));
        assertThat(header(kubectl("get", kind.shortName(), "-n", minimal.namespace(), "-o", "wide")))
                .containsExactlyElementsOf(names(columns.stream()));
        assertThat(kubectl("get", "artifacts", "-n", minimal.namespace(), "-o", "name"))
                .isEqualToIgnoringNewLines(kind.singular() + ".artifacts.tonbo.io/minimal");
    }

    @Test
    void waitDoesNotBelieveAConditionOfAnOlderGeneration() {
        AppliedMinimal minimal = AppliedMinimal.in("wait", kind);
        minimal.setStatus(ready(1));
        assertThat(waitForReady(minimal).output()).contains("condition met");

        kubectl(
                "patch",
                minimal.address(),
                "-n",
                minimal.namespace(),
                "--type=merge",
                "-p",
                "{\"spec\":{\"suspend\":true}}");
        assertThat(waitForReady(minimal).errors()).contains("timed out waiting for the condition");

        minimal.setStatus(ready(2));
        assertThat(waitForReady(minimal).output()).contains("condition met");
    }

    /** The API server publishes the descriptions a moment after it serves the resource. */
    private void waitForTheDescriptions() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        CLUSTER.kubectl("explain", kind.singular()).exitCode())
                .isZero());
    }

    private static void assertExplained(String path, JsonNode schema) {
        String words = kubectl("explain", path).replaceAll("\\s+", " ");
        assertThat(words).contains(schema.get("description").asText());
        schema.get("properties").properties().forEach(field -> assertThat(words)
                .as(path)
                .contains(field.getKey())
                .contains(field.getValue().get("description").asText()));
    }

    private static Stream<String> fieldNames(JsonNode schema) {
        return Stream.concat(
                schema.path("properties").properties().stream()
                        .flatMap(field -> Stream.concat(Stream.of(field.getKey()), fieldNames(field.getValue()))),
                schema.has("items") ? fieldNames(schema.get("items")) : Stream.empty());
    }

    private static void assertDefaulted(String path, JsonNode value, JsonNode schema) {
        schema.path("properties").properties().forEach(field -> {
            String name = path + "." + field.getKey();
            if (field.getValue().has("default")) {
                assertThat(value.path(field.getKey()))
                        .as(name)
                        .isEqualTo(field.getValue().get("default"));
            } else if (value.has(field.getKey())) {
                assertDefaulted(name, value.get(field.getKey()), field.getValue());
            }
        });
    }

    private static List<String> header(String table) {
        return List.of(table.lines().findFirst().orElseThrow().split(" +"));
    }

    private static List<String> names(Stream<JsonNode> columns) {
        return Stream.concat(
                        Stream.of("NAME"),
                        columns.map(column -> column.get("name").asText().toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static String ready(int generation) {
        return """
                {"observedGeneration": %1$d, "conditions": [{"type": "Ready", "status": "True", "reason": "Active",
                 "observedGeneration": %1$d, "lastTransitionTime": "2026-11-01T00:00:00Z", "message": ""}]}"""
                .formatted(generation);
    }

    private static Kubectl.Result waitForReady(AppliedMinimal minimal) {
        return CLUSTER.kubectl(
                "wait", minimal.address(), "-n", minimal.namespace(), "--for=condition=Ready", "--timeout=2s");
    }

    private static String kubectl(String... arguments) {
        return CLUSTER.kubectl(arguments).orFail();
    }
}
