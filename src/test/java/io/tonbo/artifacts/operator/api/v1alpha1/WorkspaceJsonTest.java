package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces on the wire, read and written as the Kubernetes client does it. */
class WorkspaceJsonTest {
    private static final String FULL =
            """
            {"apiVersion": "artifacts.tonbo.io/v1alpha1", "kind": "Workspace",
             "metadata": {"name": "data", "namespace": "team", "generation": 3},
             "spec": {"name": "other",
               "storage": {"bucket": "b-1", "endpoint": "https://s3.example.com", "region": "eu", "prefix": "a",
                 "credentialsSecretRef": {"name": "keys"}},
               "cacheProfile": "benchmark", "connectionSecretRef": {"name": "token"},
               "adoptionPolicy": "Adopt", "deletionPolicy": "Delete", "suspend": true},
             "status": {"observedGeneration": 3, "lastHandledReconcileAt": "now", "state": "active",
               "address": "artifacts://h/other", "workspaceId": "ws_1", "volumeName": "v", "keyPrefix": "{u}:",
               "storage": {"bucket": "b-1", "endpoint": "https://s3.example.com", "region": "eu", "prefix": "a"},
               "conditions": [{"type": "Ready", "status": "True", "observedGeneration": 3,
                 "lastTransitionTime": "2026-11-01T10:00:00Z", "reason": "Active", "message": ""}],
               "lastError": {"code": "c", "httpStatus": 500, "reason": "R", "severity": "Error", "message": "m",
                 "hint": "h", "requestId": "r", "firstSeen": "2026-11-01T09:00:00Z"}}}""";

    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    @Test
    void whatIsReadIsWrittenBackUnchanged() throws IOException {
        assertThat(json.readTree(kubernetes.asJson(read(FULL)))).isEqualTo(json.readTree(FULL));
    }

    @Test
    void whatOnlyANewerDefinitionKnowsIsIgnoredInEveryObject() throws IOException {
        ObjectNode newer = (ObjectNode) json.readTree(FULL);
        addUnknown(newer.withObject("/spec"));
        addUnknown(newer.withObject("/status"));
        newer.put("extra", "field");

        assertThat(kubernetes.asJson(read(newer.toString()))).isEqualTo(kubernetes.asJson(read(FULL)));
    }

    @Test
    void oneWorkspaceFromANewerDefinitionDoesNotStopTheList() throws IOException {
        ObjectNode newer = (ObjectNode) json.readTree(FULL);
        newer.withObject("/spec").put("adoptionPolicy", "Ask").put("deletionPolicy", "Archive");
        newer.withObject("/spec").put("cacheProfile", "streaming");
        ((ObjectNode) newer.at("/status/conditions/0")).put("status", "Maybe").put("lastTransitionTime", "soon");
        newer.withObject("/status/lastError").put("severity", "Notice").put("firstSeen", 5);
        String list = "{\"items\": [" + newer + ", " + FULL + "]}";

        List<Workspace> read = kubernetes
                .unmarshal(
                        new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<Workspace>>() {})
                .getItems();

        assertThat(read).hasSize(2);
        Workspace odd = read.get(0);
        assertThat(odd.getSpec().getAdoptionPolicy()).as("touches nothing").isEqualTo(AdoptionPolicy.NEVER);
        assertThat(odd.getSpec().getDeletionPolicy()).as("destroys nothing").isEqualTo(DeletionPolicy.RETAIN);
        assertThat(odd.getSpec().getCacheProfile()).as("passed on").isEqualTo("streaming");
        assertThat(odd.getStatus().getConditions().get(0).getStatus()).isEqualTo(ConditionStatus.UNKNOWN);
        assertThat(odd.getStatus().getConditions().get(0).getLastTransitionTime())
                .isNull();
        assertThat(odd.getStatus().getLastError().getFirstSeen()).isNull();
        assertThat(read.get(1)).isEqualTo(read(FULL));
    }

    @Test
    void nullMeansTheDefault() {
        Workspace nulls = read(
                """
                {"spec": {"storage": {"region": null, "prefix": null}, "cacheProfile": null, "adoptionPolicy": null,
                 "deletionPolicy": null, "suspend": null}, "status": {"conditions": null}}""");

        assertThat(nulls.getSpec())
                .isEqualTo(read("{\"spec\": {\"storage\": {}}}").getSpec());
        assertThat(nulls.getSpec().suspended()).isFalse();
        assertThat(nulls.getStatus().getConditions()).isEmpty();
    }

    @Test
    void anEmptyStatusWritesNothing() {
        assertThat(kubernetes.asJson(new WorkspaceStatus())).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T10:00:00Z, 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:00.999999999Z, 2026-11-01T10:00:00Z",
        "2026-11-01T12:00:00+02:00, 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:59.5-00:00, 2026-11-01T10:00:59Z"
    })
    void timesAreWholeSecondsInUtc(String written, String read) {
        Condition condition = kubernetes.unmarshal("{\"lastTransitionTime\": \"" + written + "\"}", Condition.class);

        assertThat(condition.getLastTransitionTime()).isEqualTo(Instant.parse(read));
        assertThat(kubernetes.asJson(condition)).isEqualTo("{\"lastTransitionTime\":\"" + read + "\"}");
    }

    @Test
    void aTimeWithNanosecondsEqualsWhatIsReadBack() {
        LastError written = new LastError();
        written.setFirstSeen(Instant.parse("2026-11-01T10:00:00.123456789Z"));

        assertThat(kubernetes.unmarshal(kubernetes.asJson(written), LastError.class))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"yesterday\"", "17", "{\"a\": [1]}", "[1]", "true"})
    void whatIsNoTimeReadsAsAbsentAndTheRestIsRead(String odd) {
        Condition condition =
                kubernetes.unmarshal("{\"lastTransitionTime\": " + odd + ", \"reason\": \"Active\"}", Condition.class);

        assertThat(condition.getLastTransitionTime()).isNull();
        assertThat(condition.getReason()).isEqualTo("Active");
    }

    @Test
    void theWorkspaceNameIsTheObjectsUnlessTheSpecSaysAnother() {
        assertThat(read(FULL).workspaceName()).isEqualTo("other");
        assertThat(read("{\"metadata\": {\"name\": \"data\"}, \"spec\": {}}").workspaceName())
                .isEqualTo("data");
    }

    private Workspace read(String text) {
        return kubernetes.unmarshal(text, Workspace.class);
    }

    private static void addUnknown(JsonNode node) {
        node.forEach(WorkspaceJsonTest::addUnknown);
        if (node instanceof ObjectNode object) {
            object.put("extra", "field").putObject("extraObject").put("a", 1);
        } else if (node instanceof ArrayNode array) {
            assertThat(array).isNotEmpty();
        }
    }
}
