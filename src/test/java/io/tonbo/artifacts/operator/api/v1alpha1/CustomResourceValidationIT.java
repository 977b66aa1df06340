package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.Sample.Step;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The API server accepts what the samples say it accepts, and says what they say when it refuses. */
@ParameterizedClass
@EnumSource
class CustomResourceValidationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    private final ResourceKind kind;
    private final List<String> refusals = new ArrayList<>();
    private final List<Step> accepted = new ArrayList<>();

    CustomResourceValidationIT(ResourceKind kind) {
        this.kind = kind;
    }

    @TestFactory
    Stream<DynamicNode> samples() throws IOException {
        Collection<Sample> samples = Sample.all(kind);
        return Stream.concat(
                samples.stream().map(sample -> DynamicTest.dynamicTest(sample.name(), () -> apply(sample))),
                CelRule.of(kind).stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                "both sides of the rule on " + rule.path() + ": " + rule.message(),
                                () -> wasMetFromBothSides(rule))));
    }

    private void apply(Sample sample) throws IOException {
        String namespace = CLUSTER.newNamespace(sample.name().replace(".yaml", ""));
        for (Step step : sample.steps()) {
            String where = "%s, document %d (%s)".formatted(sample.name(), step.number(), step.objectName());
            String refusal = send(namespace, step);
            if (step.expect() == null) {
                assertThat(refusal).as(where + " is accepted").isNull();
                accepted.add(step);
            } else {
                assertThat(refusal).as(where + " is refused").isNotNull().contains(step.expect());
                refusals.add(refusal);
            }
        }
    }

    private void wasMetFromBothSides(CelRule rule) {
        assertThat(refusals)
                .as("a document with an annotation 'expect' that this rule refuses")
                .anyMatch(rule::refusedIn);
        assertThat(accepted)
                .as("a document with an annotation 'passes' that begins like '%s: %s'", rule.path(), rule.message())
                .anyMatch(step -> step.passes().stream().anyMatch(rule::isMeantBy));
    }

    @TestFactory
    Stream<DynamicNode> whatPassesNamesIsARule() throws IOException {
        List<CelRule> rules = CelRule.of(kind);
        return Sample.all(kind).stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> assertThat(sample.steps())
                        .flatExtracting(Step::passes)
                        .allSatisfy(passes -> assertThat(rules)
                                .as(passes)
                                .filteredOn(rule -> rule.isMeantBy(passes))
                                .hasSize(1))));
    }

    /** Sends one document as strictly as kubectl does; null when accepted, else the API server's message. */
    private String send(String namespace, Step step) throws IOException {
        String collection = "/apis/artifacts.tonbo.io/v1alpha1/namespaces/" + namespace + "/" + kind.plural();
        String item = collection + "/" + step.objectName();
        String live = CLUSTER.adminClient().raw(item);
        ObjectNode object = step.object().deepCopy();
        try {
            if (live == null) {
                assertThat(step.isStatus())
                        .as("a status of an object that is there")
                        .isFalse();
                CLUSTER.adminClient().raw(collection + "?fieldValidation=Strict", "POST", object);
            } else {
                JsonNode version = JSON.readTree(live).at("/metadata/resourceVersion");
                object.withObject("/metadata").set("resourceVersion", version);
                String address = step.isStatus() ? item + "/status" : item;
                CLUSTER.adminClient().raw(address + "?fieldValidation=Strict", "PUT", object);
            }
            return null;
        } catch (KubernetesClientException e) {
            return e.getStatus().getMessage();
        }
    }
}
