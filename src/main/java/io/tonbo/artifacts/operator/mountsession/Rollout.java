package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.Objects;

/**
 * How far a workload's Pods have followed its present template, by the rules of {@code kubectl rollout status}. Other than
 * there, a Deployment over its progress deadline is rolling out still: it may get there yet, and whoever waits for it knows
 * for how long.
 */
enum Rollout {
    /** Every Pod that the workload replaces by itself is replaced and available. Those below a partition keep theirs. */
    COMPLETE,
    /** Pods are being replaced, or the controller has not seen the present template yet. */
    ROLLING,
    /** A Deployment that replaces no Pod until somebody resumes it. */
    PAUSED,
    /** Update strategy {@code OnDelete}: replaces no Pod until somebody deletes it, so there is nothing to wait for. */
    ON_DELETE;

    private static final String DELETION_ONLY = "OnDelete";

    /**
     * @param workload a Deployment, StatefulSet or DaemonSet as the API server has it; without a status it is rolling out
     * @throws IllegalArgumentException when it is of another kind
     */
    static Rollout of(HasMetadata workload) {
        if (workload instanceof Deployment deployment) {
            return of(deployment);
        }
        if (workload instanceof StatefulSet set) {
            return of(set);
        }
        if (workload instanceof DaemonSet set) {
            return of(set);
        }
        throw new IllegalArgumentException("no workload that can be rolled out: " + workload.getKind());
    }

    private static Rollout of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        int wanted = orOne(deployment.getSpec().getReplicas());
        boolean complete = status != null
                && isSeen(deployment.getMetadata(), status.getObservedGeneration())
                && orZero(status.getUpdatedReplicas()) >= wanted
                && orZero(status.getReplicas()) <= orZero(status.getUpdatedReplicas())
                && orZero(status.getAvailableReplicas()) >= orZero(status.getUpdatedReplicas());
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        return paused && !complete ? PAUSED : completeIf(complete);
    }

    private static Rollout of(StatefulSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        if (strategy != null && DELETION_ONLY.equals(strategy.getType())) {
            return ON_DELETE;
        }
        StatefulSetStatus status = set.getStatus();
        int wanted = orOne(set.getSpec().getReplicas());
        return completeIf(status != null
                && isSeen(set.getMetadata(), status.getObservedGeneration())
                && orZero(status.getReadyReplicas()) >= wanted
                && isUpdated(status, wanted, strategy == null ? null : strategy.getRollingUpdate()));
    }

    /** The API server sets partition 0 where none is given, and {@code currentRevision} lags behind with any. */
    private static boolean isUpdated(StatefulSetStatus status, int wanted, RollingUpdateStatefulSetStrategy rolling) {
        if (rolling == null) {
            return Objects.equals(status.getUpdateRevision(), status.getCurrentRevision());
        }
        return orZero(status.getUpdatedReplicas()) >= wanted - orZero(rolling.getPartition());
    }

    private static Rollout of(DaemonSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        if (strategy != null && DELETION_ONLY.equals(strategy.getType())) {
            return ON_DELETE;
        }
        DaemonSetStatus status = set.getStatus();
        return completeIf(status != null
                && isSeen(set.getMetadata(), status.getObservedGeneration())
                && orZero(status.getUpdatedNumberScheduled()) >= orZero(status.getDesiredNumberScheduled())
                && orZero(status.getNumberAvailable()) >= orZero(status.getDesiredNumberScheduled()));
    }

    /** Before the controller has seen a template, its counts are those of the one before. */
    private static boolean isSeen(ObjectMeta metadata, Long observedGeneration) {
        long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
        return observedGeneration != null && observedGeneration >= generation;
    }

    private static Rollout completeIf(boolean complete) {
        return complete ? COMPLETE : ROLLING;
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }

    /** What the API server makes of absent {@code spec.replicas}. */
    private static int orOne(Integer replicas) {
        return replicas == null ? 1 : replicas;
    }
}
