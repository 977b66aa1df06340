package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody sees who holds nothing but kubectl. */
class WorkspaceKubectlIT {
    private static final String MINIMAL = "src/test/resources/samples/workspace/valid-minimal.yaml";
    private static final KubeCluster CLUSTER = SharedKubeCluster.cluster();

    @BeforeAll
    static void waitForTheDescriptions() {
        // The API server publishes the descriptions a moment after it serves the resource.
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        CLUSTER.kubectl("explain", "workspace").exitCode())
                .isZero());
    }

    @Test
    void explainDescribesTheResourceAndEachOfItsFields() throws IOException {
        assertThat(kubectl("explain", "workspace")).contains("A filesystem whose data lives in your own bucket");
        JsonNode crd = new ObjectMapper(new YAMLFactory())
                .readTree(CustomResourceDefinitions.file(Workspace.class).toFile());
        JsonNode fields = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        String words = kubectl("explain", "workspace.spec").replaceAll("\\s+", " ");
        for (Iterator<String> names = fields.fieldNames(); names.hasNext(); ) {
            String field = names.next();
            assertThat(words).contains(fields.at("/" + field + "/description").asText());
        }
        assertThat(kubectl("explain", "workspace.spec.storage")).contains("-required-");
        assertThat(kubectl("explain", "workspace.spec.storage.endpoint").replaceAll("\\s+", " "))
                .contains("endpoint <string>", "for example https://s3.eu-central-1.amazonaws.com");
        assertThat(kubectl("explain", "workspace.spec.deletionPolicy")).contains("ENUM:", "Retain", "Delete");
    }

    @Test
    void explainRecursiveShowsTheWholeTree() {
        assertThat(kubectl("explain", "workspace", "--recursive"))
                .contains(
                        "credentialsSecretRef",
                        "adoptionPolicy",
                        "lastHandledReconcileAt",
                        "lastTransitionTime",
                        "hint");
    }

    @Test
    void aNewWorkspaceHasItsDefaultsAndIsNotTakenForCurrent() {
        String namespace = CLUSTER.newNamespace("defaults");
        kubectl("apply", "-n", namespace, "-f", MINIMAL);

        Workspace stored = CLUSTER.adminClient()
                .resources(Workspace.class)
                .inNamespace(namespace)
                .withName("minimal")
                .get();

        assertThat(stored.getStatus().getObservedGeneration()).isEqualTo(-1);
        assertThat(kubectl("get", "tws", "minimal", "-n", namespace, "-o", "jsonpath={.spec}"))
                .contains("\"region\":\"auto\"", "\"prefix\":\"\"", "\"cacheProfile\":\"interactive\"")
                .contains("\"adoptionPolicy\":\"Never\"", "\"deletionPolicy\":\"Retain\"");
    }

    @Test
    void columnsSayWhetherItIsReadyAndWhyNot() {
        String namespace = CLUSTER.newNamespace("columns");
        kubectl("apply", "-n", namespace, "-f", MINIMAL);
        setStatus(
                namespace,
                """
                {"observedGeneration": 1, "state": "pending_format", "address": "artifacts://team/minimal",
                 "conditions": [{"type": "Ready", "status": "False", "observedGeneration": 1, "reason": "Unauthorized",
                   "lastTransitionTime": "2026-11-01T00:00:00Z", "message": "The token was refused; put a valid one."}],
                 "lastError": {"code": "unauthorized", "reason": "Unauthorized", "severity": "Error", "message": "m",
                   "hint": "h", "firstSeen": "2026-11-01T00:00:00Z"}}""");

        assertThat(kubectl("get", "workspaces", "-n", namespace).lines())
                .satisfiesExactly(
                        header -> assertThat(header.split(" +"))
                                .containsExactly("NAME", "READY", "SEVERITY", "REASON", "AGE", "MESSAGE"),
                        row -> assertThat(row)
                                .matches("minimal +False +Error +Unauthorized +[0-9]+m?s? +The token was refused; .*"));
        assertThat(kubectl("get", "artifacts", "-n", namespace, "-o", "wide"))
                .contains("ADDRESS", "STATE", "artifacts://team/minimal", "pending_format");
    }

    @Test
    void waitDoesNotBelieveAConditionOfAnOlderGeneration() {
        String namespace = CLUSTER.newNamespace("wait");
        kubectl("apply", "-n", namespace, "-f", MINIMAL);
        setStatus(namespace, ready(1));
        assertThat(waitForReady(namespace).output()).contains("condition met");

        kubectl("patch", "tws", "minimal", "-n", namespace, "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}");
        assertThat(waitForReady(namespace).errors()).contains("timed out waiting for the condition");

        setStatus(namespace, ready(2));
        assertThat(waitForReady(namespace).output()).contains("condition met");
    }

    @Test
    void whoHoldsAWorkspaceIsAskedAcrossNamespaces() {
        String holder = CLUSTER.newNamespace("holder");
        String other = CLUSTER.newNamespace("other");
        for (String namespace : List.of(holder, other)) {
            kubectl("apply", "-n", namespace, "-f", MINIMAL);
            setStatus(namespace, "{\"observedGeneration\": 1, \"workspaceId\": \"ws_" + namespace + "\"}");
        }

        assertThat(kubectl("get", "tws", "-A", "--field-selector", "status.workspaceId=ws_" + holder))
                .contains(holder)
                .doesNotContain(other);
        assertThat(CLUSTER.adminClient()
                        .resources(Workspace.class)
                        .inAnyNamespace()
                        .withField("status.workspaceId", "ws_" + other)
                        .list()
                        .getItems())
                .extracting(workspace -> workspace.getMetadata().getNamespace())
                .containsExactly(other);
        assertThat(kubectl("get", "tws", "-A", "--field-selector", "spec.connectionSecretRef.name=none", "-o", "name"))
                .isEmpty();
    }

    private static String kubectl(String... arguments) {
        return CLUSTER.kubectl(arguments).orFail();
    }

    private static String ready(int generation) {
        return """
                {"observedGeneration": %1$d, "conditions": [{"type": "Ready", "status": "True", "reason": "Active",
                 "observedGeneration": %1$d, "lastTransitionTime": "2026-11-01T00:00:00Z", "message": ""}]}"""
                .formatted(generation);
    }

    private static Kubectl.Result waitForReady(String namespace) {
        return CLUSTER.kubectl("wait", "tws/minimal", "-n", namespace, "--for=condition=Ready", "--timeout=2s");
    }

    private static void setStatus(String namespace, String status) {
        CLUSTER.adminClient()
                .resources(Workspace.class)
                .inNamespace(namespace)
                .withName("minimal")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": " + status + "}");
    }
}
