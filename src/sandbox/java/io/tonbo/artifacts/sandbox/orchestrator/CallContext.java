package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One call while it is being done.
 *
 * @param operation what is asked
 * @param workspaceName about which workspace, or null
 * @param faults what may go wrong
 */
record CallContext(Operation operation, String workspaceName, Faults faults) {
    /** A call made by nobody: of the programmatic side. */
    static CallContext quiet(Faults none) {
        return new CallContext(Operation.ANY, null, none);
    }

    Optional<Faults.Met> meets(FaultKind kind) {
        return faults.take(operation, names(), EnumSet.of(kind));
    }

    Optional<Faults.Met> meets(FaultKind.Stage stage) {
        return faults.take(operation, names(), FaultKind.of(stage));
    }

    private Set<String> names() {
        return workspaceName == null ? Set.of() : Set.of(workspaceName);
    }
}
