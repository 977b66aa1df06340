package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.List;
import java.util.Optional;

/** What holds of every status ever written, whatever went wrong (kstatus, Kubernetes API conventions). */
public final class Kstatus {
    private Kstatus() {}

    /**
     * @param workspace a Workspace, with or without a status
     * @param type of the condition
     * @return the condition
     */
    public static Optional<Condition> condition(Workspace workspace, String type) {
        return workspace.getStatus() == null
                ? Optional.empty()
                : workspace.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /**
     * @param workspace a Workspace
     * @param type of a condition
     * @return whether it is True
     */
    public static boolean isTrue(Workspace workspace, String type) {
        return condition(workspace, type)
                .filter(condition -> condition.getStatus() == ConditionStatus.TRUE)
                .isPresent();
    }

    /**
     * @param workspace any version of a Workspace; one without a status holds nothing yet
     */
    public static void assertHolds(Workspace workspace) {
        if (workspace.getStatus() == null) {
            return;
        }
        List<Condition> conditions = workspace.getStatus().getConditions();
        String all = String.valueOf(workspace.getStatus());
        assertThat(conditions).as(all).extracting(Condition::getType).doesNotHaveDuplicates();
        boolean ready = isTrue(workspace, "Ready");
        boolean stalled = isTrue(workspace, "Stalled");
        boolean reconciling = isTrue(workspace, "Reconciling");
        assertThat(ready && stalled).as("Ready beside Stalled: %s", all).isFalse();
        assertThat(reconciling && stalled)
                .as("Reconciling beside Stalled: %s", all)
                .isFalse();
        long generation = workspace.getMetadata().getGeneration();
        Long observed = workspace.getStatus().getObservedGeneration();
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
            assertThat(workspace.getStatus().getLastError()).as(all).isNotNull();
        }
    }
}
