package io.tonbo.artifacts.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Workspace makes of odd values. */
class WorkspaceJsonTest {
    private static final String FULL = ResourceKind.WORKSPACE.full();

    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

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
    void theWorkspaceNameIsTheObjectsUnlessTheSpecSaysAnother() {
        assertThat(read(FULL).workspaceName()).isEqualTo("other");
        assertThat(read("{\"metadata\": {\"name\": \"data\"}, \"spec\": {}}").workspaceName())
                .isEqualTo("data");
    }

    private Workspace read(String text) {
        return kubernetes.unmarshal(text, Workspace.class);
    }
}
