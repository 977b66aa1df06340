package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.telemetry.Label;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an object stands, as its spec and status say, in words of a closed set.
 *
 * @param state in one word
 * @param reason of the condition that says so: one of {@link #reasons()}
 */
public record ObjectStanding(State state, String reason) {
    /** There is no condition that gives a reason. */
    public static final String NO_REASON = "None";
    /** A reason that this version of the operator does not give. */
    public static final String OTHER_REASON = "Other";

    /** The reasons of the operator's that are no problems. */
    private static final List<String> WELL =
            List.of("Active", "CredentialPublished", "Formatting", "Recording", "Suspended");

    /** Where an object can stand; the first that fits is told. */
    public enum State implements Label {
        /** It is being deleted. */
        TERMINATING,
        /** It was never worked on. */
        UNSEEN,
        /** {@code spec.suspend}. */
        SUSPENDED,
        /** Somebody must act. */
        STALLED,
        /** Ready, and yet its credential, which ends soon or late, cannot be renewed. */
        RENEWAL_BLOCKED,
        /** Ready. */
        READY,
        /** Something is under way, or tried again. */
        RECONCILING,
        /** Not ready, and nothing is under way: it waits for something in the cluster. */
        NOT_READY;
    }

    /** Found when it is first asked for: reading the catalogue takes a moment. */
    private static final class Known {
        static final Set<String> REASONS = all();

        private static Set<String> all() {
            Set<String> reasons = new TreeSet<>(WELL);
            ErrorCatalogue.load().rows().forEach(row -> reasons.add(row.reason()));
            reasons.add(NO_REASON);
            reasons.add(OTHER_REASON);
            return Set.copyOf(reasons);
        }
    }

    /**
     * @return every reason that can be told
     */
    public static Set<String> reasons() {
        return Known.REASONS;
    }

    /**
     * @param object an object of this API
     * @return how it stands
     */
    public static ObjectStanding of(CustomResource<?, ?> object) {
        List<Condition> conditions =
                object.getStatus() instanceof ResourceStatus status && status.getConditions() != null
                        ? status.getConditions()
                        : List.of();
        Optional<Condition> ready = find(conditions, ConditionType.READY);
        Optional<Condition> stalled = find(conditions, ConditionType.STALLED).filter(ObjectStanding::isTrue);
        Optional<Condition> reconciling =
                find(conditions, ConditionType.RECONCILING).filter(ObjectStanding::isTrue);
        Optional<Condition> blocked =
                find(conditions, ConditionType.RENEWED).filter(renewed -> renewed.getStatus() == ConditionStatus.FALSE);
        if (object.isMarkedForDeletion()) {
            return told(State.TERMINATING, stalled.or(() -> reconciling).or(() -> ready));
        }
        if (ready.isEmpty()) {
            return told(State.UNSEEN, ready);
        }
        if (suspended(object.getSpec())) {
            return told(State.SUSPENDED, ready);
        }
        if (stalled.isPresent()) {
            return told(State.STALLED, stalled);
        }
        if (isTrue(ready.get())) {
            return blocked.isPresent() ? told(State.RENEWAL_BLOCKED, blocked) : told(State.READY, ready);
        }
        return reconciling.isPresent() ? told(State.RECONCILING, reconciling) : told(State.NOT_READY, ready);
    }

    private static boolean suspended(Object spec) {
        return (spec instanceof WorkspaceSpec workspace && workspace.suspended())
                || (spec instanceof MountSessionSpec session && session.suspended());
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    private static boolean isTrue(Condition condition) {
        return condition.getStatus() == ConditionStatus.TRUE;
    }

    private static ObjectStanding told(State state, Optional<Condition> because) {
        String reason = because.map(Condition::getReason).orElse(NO_REASON);
        return new ObjectStanding(state, reasons().contains(reason) ? reason : OTHER_REASON);
    }
}
