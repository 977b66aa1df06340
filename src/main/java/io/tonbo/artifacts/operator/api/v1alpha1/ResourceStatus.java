package io.tonbo.artifacts.operator.api.v1alpha1;

import java.util.List;

/** What the status of every resource of this API has. */
public interface ResourceStatus {
    /** The generation handled last; -1 from the API server until the first one, null in memory before that. */
    Long getObservedGeneration();

    /** One per type, never null. */
    List<Condition> getConditions();

    /** The failure in the way, null when there is none. */
    LastError getLastError();
}
