package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Values of {@link WorkloadReference#getKind()} that the CustomResourceDefinition lets in, all of the API group
 * {@code apps}. The field itself is a string: a kind that only a newer CustomResourceDefinition knows can then be named to
 * the user as what it is, rather than be mistaken for another or passed over in silence.
 */
public enum WorkloadKind {
    @JsonProperty("Deployment")
    DEPLOYMENT("Deployment"),

    @JsonProperty("StatefulSet")
    STATEFUL_SET("StatefulSet"),

    @JsonProperty("DaemonSet")
    DAEMON_SET("DaemonSet");

    private final String value;

    WorkloadKind(String value) {
        this.value = value;
    }

    /** The kind as Kubernetes spells it. */
    public String value() {
        return value;
    }
}
