package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which Pods run on an older credential than the published one: they keep the one that they started with.
 *
 * <p>A Pod is as old as the first start of one of its containers, since one that waits (for its image, for the Secret itself)
 * has read nothing yet. A container that was restarted no longer shows its first start; its Pod is as old as
 * {@code status.startTime} then. A volume that a CSI driver mounts is older than the first container by the time that it takes
 * to pull an image: if the credential was published just in that time, the Pod is taken for current.
 *
 * <p>Kubernetes rounds times down to seconds. A Pod that started in the second in which the credential was published may
 * have been either first, and counts as stale, unless it carries the stamp.
 *
 * @param use which Pods use the Secret
 * @param publishedAt when the credential was published, by this machine's clock; those of the nodes may differ from it
 * @param stamp what workloads are restarted with for this credential. A Pod that carries it is current whatever its times
 *     say: it was made after the credential was published, maybe in the same second
 */
record StalePods(SecretUse use, Instant publishedAt, RestartStamp stamp) {

    /**
     * @param pods the Pods of the MountSession's namespace
     * @return names of those that run on an older credential, sorted
     */
    List<String> among(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> use.by(pod.getMetadata().getAnnotations(), pod.getSpec()))
                .filter(this::isStale)
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }

    private boolean isStale(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        if (hasEnded(pod, status) || stamp.on(pod.getMetadata().getAnnotations())) {
            return false;
        }
        List<ContainerStatus> started = started(status);
        boolean waits = started.isEmpty() && (status.getPhase() == null || "Pending".equals(status.getPhase()));
        return !waits && startOf(pod, status, started).isBefore(firstCurrentSecond());
    }

    /** It has done with the credential, or will have soon. */
    private static boolean hasEnded(Pod pod, PodStatus status) {
        return pod.getMetadata().getDeletionTimestamp() != null
                || "Succeeded".equals(status.getPhase())
                || "Failed".equals(status.getPhase());
    }

    private Instant firstCurrentSecond() {
        return publishedAt.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private static List<ContainerStatus> started(PodStatus status) {
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(container -> hasStarted(container.getState()) || hasStarted(container.getLastState()))
                .toList();
    }

    private static boolean hasStarted(ContainerState state) {
        return state != null && (state.getRunning() != null || state.getTerminated() != null);
    }

    private static Instant startOf(Pod pod, PodStatus status, List<ContainerStatus> started) {
        Instant accepted = time(status.getStartTime(), time(pod.getMetadata().getCreationTimestamp(), Instant.MIN));
        return started.stream()
                .map(container -> firstStart(container, accepted))
                .min(Comparator.naturalOrder())
                .orElse(accepted);
    }

    /** When the container started first, or the Pod when that no longer shows. */
    private static Instant firstStart(ContainerStatus container, Instant pod) {
        ContainerState state = container.getState();
        boolean restarted = container.getRestartCount() != null && container.getRestartCount() > 0;
        if (restarted || !hasStarted(state)) {
            return pod;
        }
        return time(
                state.getRunning() != null
                        ? state.getRunning().getStartedAt()
                        : state.getTerminated().getStartedAt(),
                pod);
    }

    private static Instant time(String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
