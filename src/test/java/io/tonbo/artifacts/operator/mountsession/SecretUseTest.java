package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who uses Secret creds, published by MountSession web. */
class SecretUseTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final SecretUse USE = new SecretUse("creds", "web");

    private static PodSpec spec(String json) {
        return KUBERNETES.unmarshal(json.replace('\'', '"'), PodSpec.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'volumes': [{'name': 'a', 'emptyDir': {}}, {'name': 'v', 'secret': {'secretName': 'creds'}}]}",
                "{'volumes': [{'name': 'v', 'projected': {'sources': [{'configMap': {}}, {'secret': {'name': 'creds'}}]}}]}",
                "{'volumes': [{'name': 'v', 'csi': {'driver': 'd', 'nodePublishSecretRef': {'name': 'creds'}}}]}",
                "{'containers': [{}, {'env': [{'name': 'A', 'value': 'a'},"
                        + " {'name': 'B', 'valueFrom': {'secretKeyRef': {'name': 'creds', 'key': 'k'}}}]}]}",
                "{'containers': [{'envFrom': [{'configMapRef': {}}, {'secretRef': {'name': 'creds'}}]}]}",
                "{'initContainers': [{'env': [{'valueFrom': {'secretKeyRef': {'name': 'creds', 'key': 'k'}}}]}]}",
                "{'initContainers': [{'envFrom': [{'secretRef': {'name': 'creds'}}]}]}",
                "{'ephemeralContainers': [{'env': [{'valueFrom': {'secretKeyRef': {'name': 'creds', 'key': 'k'}}}]}]}",
                "{'ephemeralContainers': [{'envFrom': [{'secretRef': {'name': 'creds'}}]}]}",
            })
    void whoeverNamesTheSecretUsesIt(String json) {
        assertThat(USE.by(null, spec(json))).isTrue();
        assertThat(USE.by(Map.of("artifacts.tonbo.io/mount-session", "another"), spec(json)))
                .isTrue();
        assertThat(USE.by(null, spec(json.replace("creds", "other")))).isFalse();
        assertThat(USE.by(null, spec(json.replace("creds", "creds-2")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'imagePullSecrets': [{'name': 'creds'}], 'serviceAccountName': 'creds'}",
                "{'volumes': [{'name': 'creds', 'configMap': {'name': 'creds'}}]}",
                "{'volumes': [{'name': 'v', 'persistentVolumeClaim': {'claimName': 'creds'}}]}",
                "{'volumes': [{'name': 'v', 'csi': {'driver': 'creds'}}]}",
                "{'containers': [{'name': 'creds', 'env': [{'name': 'creds', 'value': 'creds'}]}]}",
                "{'containers': [{'env': [{'valueFrom': {'configMapKeyRef': {'name': 'creds', 'key': 'creds'}}}]}]}",
                "{'containers': [{'env': [{'valueFrom': {'secretKeyRef': {'name': 'other', 'key': 'creds'}}}]}]}",
                "{'containers': [{'envFrom': [{'configMapRef': {'name': 'creds'}}]}]}",
            })
    void theSameNameOfSomethingElseIsNoUse(String json) {
        assertThat(USE.by(Map.of(), spec(json))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "artifacts.tonbo.io/mount-session, web, true",
        "artifacts.tonbo.io/mount-session, creds, false",
        "artifacts.tonbo.io/mount-session, web2, false",
        "artifacts.tonbo.io/mount-session, '', false",
        "artifacts.tonbo.io/mount-session, , false",
        "mount-session, web, false",
    })
    void whoeverMountsThroughAClaimNamesTheMountSession(String key, String value, boolean uses) {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(key, value);
        PodSpec claim = spec("{'volumes': [{'name': 'v', 'persistentVolumeClaim': {'claimName': 'files'}}]}");

        assertThat(USE.by(annotations, claim)).isEqualTo(uses);
        assertThat(USE.by(annotations, null)).isEqualTo(uses);
    }

    @Test
    void whatIsNotThereIsNoUse() {
        PodSpec bare = new PodSpec();
        bare.setVolumes(null);
        bare.setContainers(null);
        bare.setInitContainers(null);
        bare.setEphemeralContainers(null);

        assertThat(USE.by(null, null)).isFalse();
        assertThat(USE.by(null, bare)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'volumes': [{'secret': {}}, {'csi': {'nodePublishSecretRef': {}}}, {'projected': {}}]}",
                "{'volumes': [{'projected': {'sources': [{}, {'secret': {}}]}}]}",
                "{'containers': [{'env': [{}, {'valueFrom': {}}, {'valueFrom': {'secretKeyRef': {}}}]}]}",
                "{'containers': [{'envFrom': [{}, {'secretRef': {}}]}]}",
            })
    void whatIsHalfThereIsNoUse(String json) {
        assertThat(USE.by(null, spec(json))).isFalse();
    }

    @Test
    void listsWithHolesAreReadPastThem() {
        PodSpec spec = spec("{'volumes': [{'name': 'v', 'secret': {'secretName': 'creds'}}]}");
        spec.setVolumes(Arrays.asList(null, spec.getVolumes().get(0)));
        spec.setContainers(Arrays.asList(null, null));

        assertThat(USE.by(null, spec)).isTrue();
        spec.setVolumes(List.of());
        assertThat(USE.by(null, spec)).isFalse();
    }
}
