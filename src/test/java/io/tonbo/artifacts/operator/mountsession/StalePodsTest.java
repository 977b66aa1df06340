package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods that use Secret creds, a credential published at 12:00:05.3 for session s2. */
class StalePodsTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final Instant PUBLISHED = Instant.parse("2026-11-01T12:00:05.300Z");
    private static final RestartStamp STAMP = RestartStamp.of("web", "s2");
    private static final StalePods STALE = new StalePods(new SecretUse("creds", "web"), PUBLISHED, STAMP);
    private static final String BEFORE = "2026-11-01T11:00:00Z";
    private static final String AFTER = "2026-11-01T12:01:00Z";

    /** {@code json}: its status; {@code OLD} and {@code NEW} are times before and after the publication. */
    private static Pod pod(String name, String json) {
        String text = json.replace('\'', '"').replace("OLD", BEFORE).replace("NEW", AFTER);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(BEFORE)
                .endMetadata()
                .withNewSpec()
                .addNewVolume()
                .withName("v")
                .withNewSecret()
                .withSecretName("creds")
                .endSecret()
                .endVolume()
                .endSpec()
                .withStatus(KUBERNETES.unmarshal(text, PodStatus.class))
                .build();
    }

    private static Pod running(String name, String since) {
        return pod(
                name,
                "{'phase': 'Running', 'startTime': '" + since
                        + "', 'containerStatuses': [{'restartCount': 0, 'state': {'running': {'startedAt': '" + since
                        + "'}}}]}");
    }

    private static boolean isStale(Pod pod) {
        return !STALE.among(List.of(pod)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T11:00:00Z, true",
        "2026-11-01T12:00:04Z, true",
        // It may have started at 12:00:05.1 as well as at 12:00:05.9.
        "2026-11-01T12:00:05Z, true",
        "2026-11-01T12:00:06Z, false",
        "2026-11-01T12:01:00Z, false",
        "2026-11-01T13:00:04+01:00, true",
    })
    void aPodIsStaleWhenItStartedInTheSecondOfThePublicationOrBefore(String startedAt, boolean stale) {
        assertThat(isStale(running("p", startedAt))).isEqualTo(stale);
    }

    @Test
    void theSecondOfThePublicationCountsWholeEvenWhenThatWasAtItsVeryBeginning() {
        StalePods onTheDot = new StalePods(STALE.use(), Instant.parse("2026-11-01T12:00:05Z"), STAMP);

        assertThat(onTheDot.among(List.of(running("p", "2026-11-01T12:00:05Z"))))
                .containsExactly("p");
        assertThat(onTheDot.among(List.of(running("p", "2026-11-01T12:00:06Z"))))
                .isEmpty();
    }

    @Test
    void aPodThatWasRestartedForTheCredentialIsCurrentThoughItStartedInTheSameSecond() {
        Pod pod = running("p", "2026-11-01T12:00:05Z");
        assertThat(isStale(pod)).isTrue();

        pod.getMetadata().getAnnotations().put(STAMP.key(), "s1");
        assertThat(isStale(pod)).isTrue();
        pod.getMetadata().getAnnotations().put(STAMP.key(), "s2");
        assertThat(isStale(pod)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no status at all | {} | false",
                "not scheduled | {'phase': 'Pending'} | false",
                "pulls its image | {'phase': 'Pending', 'startTime': 'OLD', 'containerStatuses': [{'restartCount': 0,"
                        + " 'state': {'waiting': {'reason': 'ContainerCreating'}}, 'lastState': {}}]} | false",
                "an init container runs | {'phase': 'Pending', 'startTime': 'OLD', 'initContainerStatuses':"
                        + " [{'restartCount': 0, 'state': {'running': {'startedAt': 'OLD'}}}]} | true",
                "an init container is done | {'phase': 'Pending', 'startTime': 'OLD', 'initContainerStatuses':"
                        + " [{'restartCount': 0, 'state': {'terminated': {'startedAt': 'OLD'}}}]} | true",
                "an init container fails and fails | {'phase': 'Pending', 'startTime': 'OLD', 'initContainerStatuses':"
                        + " [{'restartCount': 3, 'state': {'waiting': {}}, 'lastState': {'terminated': {'startedAt':"
                        + " 'NEW'}}}]} | true",
                "one container runs, one waits | {'phase': 'Pending', 'startTime': 'OLD', 'containerStatuses':"
                        + " [{'restartCount': 0, 'state': {'running': {'startedAt': 'OLD'}}}, {'restartCount': 0, 'state':"
                        + " {'waiting': {}}}]} | true",
                "waited for the Secret, then ran | {'phase': 'Running', 'startTime': 'OLD', 'containerStatuses':"
                        + " [{'restartCount': 0, 'state': {'running': {'startedAt': 'NEW'}}}]} | false",
                "its init container waited for the Secret | {'phase': 'Pending', 'startTime': 'OLD',"
                        + " 'initContainerStatuses': [{'restartCount': 0, 'state': {'running': {'startedAt': 'NEW'}}}]}"
                        + " | false",
                "one container is old, one is new | {'phase': 'Running', 'startTime': 'OLD', 'containerStatuses':"
                        + " [{'restartCount': 0, 'state': {'running': {'startedAt': 'NEW'}}}, {'restartCount': 0, 'state':"
                        + " {'running': {'startedAt': 'OLD'}}}]} | true",
                "its container was restarted since | {'phase': 'Running', 'startTime': 'OLD', 'containerStatuses':"
                        + " [{'restartCount': 1, 'state': {'running': {'startedAt': 'NEW'}}}]} | true",
                "new, and its container was restarted | {'phase': 'Running', 'startTime': 'NEW', 'containerStatuses':"
                        + " [{'restartCount': 1, 'state': {'running': {'startedAt': 'NEW'}}}]} | false",
                "runs, but its containers are not told | {'phase': 'Running', 'startTime': 'OLD'} | true",
                "runs, new, but its containers are not told | {'phase': 'Running', 'startTime': 'NEW'} | false",
                "runs, and is only known to be created | {'phase': 'Running'} | true",
                "a container of unknown start | {'phase': 'Running', 'startTime': 'OLD', 'containerStatuses':"
                        + " [{'restartCount': 0, 'state': {'terminated': {'exitCode': 137}}}]} | true",
                "times that are none | {'phase': 'Running', 'startTime': 'x', 'containerStatuses':"
                        + " [{'state': {'running': {'startedAt': 'y'}}}]} | true",
                "has succeeded | {'phase': 'Succeeded', 'startTime': 'OLD'} | false",
                "has failed | {'phase': 'Failed', 'startTime': 'OLD'} | false",
                "its node is lost | {'phase': 'Unknown', 'startTime': 'OLD'} | true",
            })
    void whatAPodHasReadDependsOnHowFarItGot(String story, String status, boolean stale) {
        assertThat(isStale(pod("p", status))).as(story).isEqualTo(stale);
    }

    @Test
    void aPodThatGoesIsNotStaleAnyMore() {
        Pod pod = running("p", BEFORE);
        pod.getMetadata().setDeletionTimestamp(AFTER);

        assertThat(isStale(pod)).isFalse();
    }

    @Test
    void onlyPodsThatUseTheSecretCount() {
        Pod other = running("other", BEFORE);
        other.getSpec().getVolumes().get(0).getSecret().setSecretName("another");
        Pod claims = running("claims", BEFORE);
        claims.getSpec().setVolumes(List.of());
        claims.getMetadata().getAnnotations().put("artifacts.tonbo.io/mount-session", "web");

        assertThat(STALE.among(List.of(other, claims))).containsExactly("claims");
    }

    @Test
    void theyAreNamedInTheOrderOfTheirNames() {
        List<Pod> pods = List.of(running("c", BEFORE), running("b", AFTER), running("a", BEFORE), running("d", BEFORE));

        assertThat(STALE.among(pods)).containsExactly("a", "c", "d");
        assertThat(STALE.among(List.of())).isEmpty();
    }
}
