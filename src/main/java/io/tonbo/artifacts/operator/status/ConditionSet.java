package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Conditions being put together. A transition time moves only when a condition's status does; the order is the same for
 * the same conditions, so that an unchanged status is an equal one.
 */
final class ConditionSet {
    private static final int MESSAGE_LENGTH = 2048;

    private final List<Condition> conditions;
    private final long generation;
    private final Instant now;

    ConditionSet(List<Condition> before, long generation, Instant now) {
        this.conditions = new ArrayList<>(before);
        this.generation = generation;
        this.now = now;
    }

    Optional<Condition> get(String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    boolean isTrue(String type) {
        return get(type).filter(c -> c.getStatus() == ConditionStatus.TRUE).isPresent();
    }

    boolean says(String type, ConditionStatus status, String reason) {
        return get(type)
                .filter(c -> c.getStatus() == status && reason.equals(c.getReason()))
                .isPresent();
    }

    void set(String type, ConditionStatus status, String reason, String message) {
        Condition condition = new Condition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message.length() > MESSAGE_LENGTH ? message.substring(0, MESSAGE_LENGTH) : message);
        condition.setObservedGeneration(generation);
        condition.setLastTransitionTime(get(type)
                .filter(before -> status == before.getStatus())
                .map(Condition::getLastTransitionTime)
                .orElse(now));
        remove(type);
        conditions.add(condition);
    }

    void remove(String type) {
        conditions.removeIf(c -> type.equals(c.getType()));
    }

    /** What was said of an earlier generation still holds for this one. */
    void confirm(String type) {
        get(type).ifPresent(c -> set(type, c.getStatus(), c.getReason(), c.getMessage()));
    }

    List<Condition> list() {
        List<Condition> sorted = new ArrayList<>(conditions);
        sorted.sort(Comparator.comparing(ConditionSet::rank).thenComparing(Condition::getType));
        return List.copyOf(sorted);
    }

    private static int rank(Condition condition) {
        int rank = List.of("Ready", "Reconciling", "Stalled").indexOf(condition.getType());
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }
}
