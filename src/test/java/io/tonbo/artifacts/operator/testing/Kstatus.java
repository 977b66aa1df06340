package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import java.util.List;
import java.util.Optional;

/** What holds of every status ever written, whatever went wrong (kstatus, Kubernetes API conventions). */
public final class Kstatus {
    private Kstatus() {}

    /**
     * @param object a Workspace or MountSession, with or without a status
     * @param type of the condition
     * @return the condition
     */
    public static Optional<Condition> condition(CustomResource<?, ?> object, String type) {
        return conditions(object).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /**
     * @param object a Workspace or MountSession
     * @param type of a condition
     * @return whether it is True
     */
    public static boolean isTrue(CustomResource<?, ?> object, String type) {
        return condition(object, type)
                .filter(condition -> condition.getStatus() == ConditionStatus.TRUE)
                .isPresent();
    }

    /**
     * @param object any version of a Workspace or MountSession; one without a status holds nothing yet
     */
    public static void assertHolds(CustomResource<?, ?> object) {
        if (object.getStatus() == null) {
            return;
        }
        List<Condition> conditions = conditions(object);
        String all = String.valueOf(object.getStatus());
        assertThat(conditions).as(all).extracting(Condition::getType).doesNotHaveDuplicates();
        boolean ready = isTrue(object, "Ready");
        boolean stalled = isTrue(object, "Stalled");
        boolean reconciling = isTrue(object, "Reconciling");
        assertThat(ready && stalled).as("Ready beside Stalled: %s", all).isFalse();
        assertThat(reconciling && stalled)
                .as("Reconciling beside Stalled: %s", all)
                .isFalse();
        long generation = object.getMetadata().getGeneration();
        ResourceStatus status = (ResourceStatus) object.getStatus();
        Long observed = status.getObservedGeneration();
        assertThat(observed == null || observed <= generation).as(all).isTrue();
        for (Condition condition : conditions) {
            boolean abnormal = List.of("Reconciling", "Stalled").contains(condition.getType());
            assertThat(!abnormal || condition.getStatus() == ConditionStatus.TRUE)
                    .as("%s is present only while True: %s", condition.getType(), all)
                    .isTrue();
            assertThat(condition.getReason()).as(all).matches("[A-Za-z][A-Za-z0-9]*");
            assertThat(condition.getObservedGeneration()).as(all).isLessThanOrEqualTo(generation);
            assertThat(condition.getLastTransitionTime()).as(all).isNotNull();
        }
        if (stalled) {
            assertThat(status.getLastError()).as(all).isNotNull();
        }
    }

    /**
     * @param object any version of a Workspace or MountSession of which {@link #assertHolds} is true
     * @return what kstatus says of it: since a status keeps these rules, no more than this has to be looked at
     */
    public static String verdict(CustomResource<?, ?> object) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        if (!object.getMetadata().getGeneration().equals(observed(object))) {
            return "InProgress";
        }
        if (isTrue(object, "Stalled")) {
            return "Failed";
        }
        return isTrue(object, "Ready") && !isTrue(object, "Reconciling") ? "Current" : "InProgress";
    }

    private static List<Condition> conditions(CustomResource<?, ?> object) {
        return object.getStatus() instanceof ResourceStatus status ? status.getConditions() : List.of();
    }

    /**
     * @param object a Workspace or MountSession
     * @return the generation that its status speaks of; null for none
     */
    public static Long observed(CustomResource<?, ?> object) {
        return object.getStatus() instanceof ResourceStatus status ? status.getObservedGeneration() : null;
    }

    /**
     * @param object a Workspace or MountSession, with or without a status
     * @return its last error, or null
     */
    public static LastError lastError(CustomResource<?, ?> object) {
        return object.getStatus() instanceof ResourceStatus status ? status.getLastError() : null;
    }
}
