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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a MountSession makes of odd values. */
class MountSessionJsonTest {
    private static final String FULL = ResourceKind.MOUNT_SESSION.full();

    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    @Test
    void oneMountSessionFromANewerDefinitionDoesNotStopTheList() throws IOException {
        ObjectNode newer = (ObjectNode) json.readTree(FULL);
        newer.withObject("/spec").put("mode", "Append");
        ((ObjectNode) newer.at("/spec/rolloutRestartTargets/0")).put("kind", "Rollout");
        newer.withObject("/status").put("issuedAt", "soon").put("expiresAt", 5).putNull("renewAt");
        ((ObjectNode) newer.at("/status/previousSessions/0")).put("expiresAt", "later");
        String list = "{\"items\": [" + newer + ", " + FULL + "]}";

        List<MountSession> read = kubernetes
                .unmarshal(
                        new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<MountSession>>() {})
                .getItems();

        assertThat(read).hasSize(2);
        MountSession odd = read.get(0);
        assertThat(odd.getSpec().getMode()).as("changes nothing").isEqualTo(MountMode.READ_ONLY);
        assertThat(odd.getSpec().getRolloutRestartTargets().get(0).getKind())
                .as("can be named")
                .isEqualTo("Rollout");
        assertThat(odd.getStatus().getIssuedAt()).isNull();
        assertThat(odd.getStatus().getExpiresAt()).isNull();
        assertThat(odd.getStatus().getRenewAt()).isNull();
        assertThat(odd.getStatus().getPreviousSessions())
                .as("still to be revoked")
                .containsExactly(new PreviousSession("ms_1", null));
        assertThat(read.get(1)).isEqualTo(read(FULL));
    }

    @Test
    void nullMeansTheDefault() {
        MountSession nulls = read(
                """
                {"spec": {"workspaceRef": {"name": "data"}, "mode": null, "ttlSeconds": null, "secretName": null,
                 "secretTemplate": null, "rolloutRestartTargets": null, "suspend": null},
                 "status": {"previousSessions": null, "conditions": null}}""");

        assertThat(nulls.getSpec())
                .isEqualTo(read("{\"spec\": {\"workspaceRef\": {\"name\": \"data\"}}}")
                        .getSpec());
        assertThat(nulls.getSpec().getTtlSeconds()).isEqualTo(MountSessionSpec.DEFAULT_TTL_SECONDS);
        assertThat(nulls.getSpec().suspended()).isFalse();
        assertThat(nulls.getStatus().getPreviousSessions()).isEmpty();
        assertThat(nulls.getStatus().getConditions()).isEmpty();
    }

    @Test
    void anEmptyTemplateHasNoLabelsAndNoAnnotations() {
        SecretTemplate nulls = kubernetes.unmarshal("{\"labels\": null, \"annotations\": null}", SecretTemplate.class);

        assertThat(nulls.getLabels()).isEmpty();
        assertThat(nulls.getAnnotations()).isEmpty();
        assertThat(kubernetes.asJson(nulls)).isEqualTo("{}");
    }

    @Test
    void theSecretNameIsTheObjectsUnlessTheSpecSaysAnother() {
        assertThat(read(FULL).secretName()).isEqualTo("agents-mount");
        assertThat(read("{\"metadata\": {\"name\": \"agents\"}, \"spec\": {}}").secretName())
                .isEqualTo("agents");
    }

    @Test
    void kindsAndModesAreSpelledAsTheDefinitionDoes() {
        assertThat(ResourceKind.MOUNT_SESSION
                        .schema()
                        .at("/properties/spec/properties/rolloutRestartTargets/items/properties/kind/enum"))
                .extracting(Object::toString)
                .containsExactlyElementsOf(Stream.of(WorkloadKind.values())
                        .map(kind -> "\"" + kind.value() + "\"")
                        .toList());
        assertThat(ResourceKind.MOUNT_SESSION.schema().at("/properties/spec/properties/mode/enum"))
                .extracting(mode -> MountMode.of(mode.asText()))
                .containsExactly(MountMode.values());
    }

    private MountSession read(String text) {
        return kubernetes.unmarshal(text, MountSession.class);
    }
}
