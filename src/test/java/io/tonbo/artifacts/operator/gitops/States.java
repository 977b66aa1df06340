package io.tonbo.artifacts.operator.gitops;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.testing.Kstatus;
import java.util.Objects;
import java.util.function.Predicate;

/** What an object is like in a state. */
final class States {
    private States() {}

    /** Nobody looked at it yet. */
    static boolean applied(CustomResource<?, ?> object) {
        return Objects.equals(Kstatus.observed(object), -1L);
    }

    /** It was looked at, then its spec changed. */
    static boolean changed(CustomResource<?, ?> object) {
        return !applied(object) && !isCurrent(object) && !isDeleted(object);
    }

    /** Its status speaks of its present spec, and a condition of that type is True. */
    static Predicate<CustomResource<?, ?>> isTrue(String type) {
        return object -> isCurrent(object) && Kstatus.isTrue(object, type);
    }

    /** The same, with that reason. */
    static Predicate<CustomResource<?, ?>> isTrue(String type, String reason) {
        return isTrue(type).and(reason(type, reason));
    }

    /** Its status speaks of its present spec, and a condition of that type has that reason, whatever its status. */
    static Predicate<CustomResource<?, ?>> reason(String type, String reason) {
        return object -> isCurrent(object)
                && Kstatus.condition(object, type)
                        .filter(condition -> condition.getReason().equals(reason))
                        .isPresent();
    }

    /** Something is in its way. */
    static boolean hasError(CustomResource<?, ?> object) {
        return Kstatus.lastError(object) != null;
    }

    /**
     * @param generation how often its spec was written
     */
    static Predicate<CustomResource<?, ?>> ofGeneration(long generation) {
        return object -> object.getMetadata().getGeneration() == generation;
    }

    static boolean isDeleted(CustomResource<?, ?> object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean isCurrent(CustomResource<?, ?> object) {
        return Objects.equals(Kstatus.observed(object), object.getMetadata().getGeneration());
    }
}
