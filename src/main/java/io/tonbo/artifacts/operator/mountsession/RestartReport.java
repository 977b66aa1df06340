package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import java.util.List;

/**
 * How far a restart of consumers is.
 *
 * @param outcomes one per workload in the order of the list, up to the one that is rolling out; those after it are not looked
 *     at yet
 * @param patchedNow workloads whose restart began in this call
 */
record RestartReport(List<RestartOutcome> outcomes, List<WorkloadReference> patchedNow) {
    RestartReport {
        outcomes = List.copyOf(outcomes);
        patchedNow = List.copyOf(patchedNow);
    }

    /**
     * @return whether there is nothing left to wait for; not whether each was restarted
     */
    boolean settled() {
        return outcomes.stream()
                .noneMatch(outcome ->
                        outcome.kind() == RestartOutcome.Kind.ROLLING || outcome.kind() == RestartOutcome.Kind.FAILED);
    }
}
