package io.tonbo.artifacts.sandbox.resource;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a Workspace or a MountSession.
 *
 * @param all in the order of its status
 */
public record Conditions(List<Condition> all) {
    /** Takes a copy of the list. */
    public Conditions {
        all = List.copyOf(all);
    }

    /**
     * @param object with or without a status
     * @return its conditions; none before the operator has looked at it
     */
    public static Conditions of(CustomResource<?, ? extends ResourceStatus> object) {
        return new Conditions(
                object.getStatus() == null ? List.of() : object.getStatus().getConditions());
    }

    /**
     * @param type such as Ready
     * @return the condition of that type
     */
    public Optional<Condition> find(String type) {
        return all.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /**
     * @param type such as Ready
     * @return whether there is one of that type, and it is True
     */
    public boolean isTrue(String type) {
        return find(type)
                .filter(condition -> condition.getStatus() == ConditionStatus.TRUE)
                .isPresent();
    }

    /**
     * @param condition one with or without a status
     * @return True, False or Unknown
     */
    public static String status(Condition condition) {
        if (condition.getStatus() == null) {
            return "Unknown";
        }
        return switch (condition.getStatus()) {
            case TRUE -> "True";
            case FALSE -> "False";
            case UNKNOWN -> "Unknown";
        };
    }
}
