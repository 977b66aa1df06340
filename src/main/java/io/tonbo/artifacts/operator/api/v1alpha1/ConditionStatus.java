package io.tonbo.artifacts.operator.api.v1alpha1;

/** Values of {@link Condition#getStatus()}, as Kubernetes spells them. */
public final class ConditionStatus {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    private ConditionStatus() {}
}
