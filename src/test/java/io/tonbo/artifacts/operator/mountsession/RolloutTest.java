package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a rollout is, of workloads of generation 2. */
class RolloutTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private static Rollout rollout(String kind, String spec, String status) {
        String json = "{'apiVersion': 'apps/v1', 'kind': '" + kind + "', 'metadata': {'name': 'x', 'generation': 2},"
                + " 'spec': {" + (spec == null ? "" : spec) + "}"
                + (status == null ? "" : ", 'status': {" + status + "}") + "}";
        return Rollout.of((HasMetadata) KUBERNETES.unmarshal(json.replace('\'', '"')));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "just created | 'replicas': 3 | | ROLLING",
                "not seen by its controller | 'replicas': 3 | 'replicas': 3, 'updatedReplicas': 3, 'availableReplicas': 3"
                        + " | ROLLING",
                "the template before is complete | 'replicas': 3 | 'observedGeneration': 1, 'replicas': 3,"
                        + " 'updatedReplicas': 3, 'availableReplicas': 3 | ROLLING",
                "one Pod is new | 'replicas': 3 | 'observedGeneration': 2, 'replicas': 4, 'updatedReplicas': 1,"
                        + " 'availableReplicas': 3 | ROLLING",
                "all are new, an old one goes | 'replicas': 3 | 'observedGeneration': 2, 'replicas': 4,"
                        + " 'updatedReplicas': 3, 'availableReplicas': 4 | ROLLING",
                "all are new, one is not available | 'replicas': 3 | 'observedGeneration': 2, 'replicas': 3,"
                        + " 'updatedReplicas': 3, 'availableReplicas': 2 | ROLLING",
                "all are new and available | 'replicas': 3 | 'observedGeneration': 2, 'replicas': 3,"
                        + " 'updatedReplicas': 3, 'availableReplicas': 3 | COMPLETE",
                "changed by nobody since | 'replicas': 3 | 'observedGeneration': 3, 'replicas': 3, 'updatedReplicas': 3,"
                        + " 'availableReplicas': 3 | COMPLETE",
                "scaled to nothing | 'replicas': 0 | 'observedGeneration': 2 | COMPLETE",
                "one Pod by default, and it is missing | | 'observedGeneration': 2 | ROLLING",
                "one Pod by default | | 'observedGeneration': 2, 'replicas': 1, 'updatedReplicas': 1,"
                        + " 'availableReplicas': 1 | COMPLETE",
                "over its deadline | 'replicas': 3 | 'observedGeneration': 2, 'replicas': 4, 'updatedReplicas': 1,"
                        + " 'availableReplicas': 3, 'conditions': [{'type': 'Progressing', 'status': 'False', 'reason':"
                        + " 'ProgressDeadlineExceeded'}] | ROLLING",
                "all at once | 'replicas': 3, 'strategy': {'type': 'Recreate'} | 'observedGeneration': 2 | ROLLING",
                "paused on the way | 'replicas': 3, 'paused': true | 'observedGeneration': 2, 'replicas': 3,"
                        + " 'availableReplicas': 3 | PAUSED",
                "paused, not seen | 'replicas': 3, 'paused': true | 'observedGeneration': 1, 'replicas': 3,"
                        + " 'updatedReplicas': 3, 'availableReplicas': 3 | PAUSED",
                "paused, with nothing to replace | 'replicas': 0, 'paused': true | 'observedGeneration': 2 | COMPLETE",
            })
    void ofADeployment(String story, String spec, String status, Rollout expected) {
        assertThat(rollout("Deployment", spec, status)).as(story).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "just created | 'replicas': 3 | | ROLLING",
                "the template before is complete | 'replicas': 3 | 'observedGeneration': 1, 'readyReplicas': 3,"
                        + " 'currentRevision': 'a', 'updateRevision': 'a' | ROLLING",
                "no partition told, on its way | 'replicas': 3 | 'observedGeneration': 2, 'readyReplicas': 3,"
                        + " 'currentRevision': 'a', 'updateRevision': 'b' | ROLLING",
                "no partition told, done | 'replicas': 3 | 'observedGeneration': 2, 'readyReplicas': 3,"
                        + " 'currentRevision': 'b', 'updateRevision': 'b' | COMPLETE",
                "one is not ready | 'replicas': 3 | 'observedGeneration': 2, 'readyReplicas': 2, 'currentRevision': 'b',"
                        + " 'updateRevision': 'b' | ROLLING",
                "partition 0, two are new | 'replicas': 3, 'updateStrategy': {'type': 'RollingUpdate', 'rollingUpdate':"
                        + " {'partition': 0}} | 'observedGeneration': 2, 'readyReplicas': 3, 'updatedReplicas': 2 | ROLLING",
                "partition 0, all are new | 'replicas': 3, 'updateStrategy': {'type': 'RollingUpdate', 'rollingUpdate':"
                        + " {'partition': 0}} | 'observedGeneration': 2, 'readyReplicas': 3, 'updatedReplicas': 3 | COMPLETE",
                "partition 2, none is new | 'replicas': 3, 'updateStrategy': {'rollingUpdate': {'partition': 2}}"
                        + " | 'observedGeneration': 2, 'readyReplicas': 3 | ROLLING",
                "partition 2, the one above it is new | 'replicas': 3, 'updateStrategy': {'rollingUpdate': {'partition':"
                        + " 2}} | 'observedGeneration': 2, 'readyReplicas': 3, 'updatedReplicas': 1, 'currentRevision': 'a',"
                        + " 'updateRevision': 'b' | COMPLETE",
                "partition 5 is above all | 'replicas': 3, 'updateStrategy': {'rollingUpdate': {'partition': 5}}"
                        + " | 'observedGeneration': 2, 'readyReplicas': 3 | COMPLETE",
                "scaled to nothing | 'replicas': 0, 'updateStrategy': {'rollingUpdate': {'partition': 0}}"
                        + " | 'observedGeneration': 2 | COMPLETE",
                "waits for somebody | 'replicas': 3, 'updateStrategy': {'type': 'OnDelete'} | 'observedGeneration': 2,"
                        + " 'readyReplicas': 3, 'currentRevision': 'a', 'updateRevision': 'b' | ON_DELETE",
                "waits for somebody, not seen | 'updateStrategy': {'type': 'OnDelete'} | | ON_DELETE",
            })
    void ofAStatefulSet(String story, String spec, String status, Rollout expected) {
        assertThat(rollout("StatefulSet", spec, status)).as(story).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "just created | | | ROLLING",
                "the template before is complete | | 'observedGeneration': 1, 'desiredNumberScheduled': 2,"
                        + " 'updatedNumberScheduled': 2, 'numberAvailable': 2 | ROLLING",
                "one is new | | 'observedGeneration': 2, 'desiredNumberScheduled': 2, 'updatedNumberScheduled': 1,"
                        + " 'numberAvailable': 2 | ROLLING",
                "both are new, one is not available | | 'observedGeneration': 2, 'desiredNumberScheduled': 2,"
                        + " 'updatedNumberScheduled': 2, 'numberAvailable': 1 | ROLLING",
                "both are new and available | | 'observedGeneration': 2, 'desiredNumberScheduled': 2,"
                        + " 'updatedNumberScheduled': 2, 'numberAvailable': 2 | COMPLETE",
                "no node wants it | | 'observedGeneration': 2, 'desiredNumberScheduled': 0 | COMPLETE",
                "waits for somebody | 'updateStrategy': {'type': 'OnDelete'} | 'observedGeneration': 2,"
                        + " 'desiredNumberScheduled': 2 | ON_DELETE",
            })
    void ofADaemonSet(String story, String spec, String status, Rollout expected) {
        assertThat(rollout("DaemonSet", spec, status)).as(story).isEqualTo(expected);
    }

    @Test
    void nothingElseIsRolledOut() {
        assertThatThrownBy(() -> Rollout.of(new ConfigMap())).isInstanceOf(IllegalArgumentException.class);
    }
}
