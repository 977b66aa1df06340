package io.tonbo.artifacts.operator.api.v1alpha1;

/** Values of {@link Condition#getType()}. */
public final class ConditionType {
    /** The resource can be used. */
    public static final String READY = "Ready";

    /** The operator is working towards Ready; present only while True (kstatus). */
    public static final String RECONCILING = "Reconciling";

    /** A human must act; present only while True, and never beside Ready=True (kstatus). */
    public static final String STALLED = "Stalled";

    /** Workspace: its volume has been formatted. */
    public static final String FORMATTED = "Formatted";

    /** MountSession: the last renewal that was due succeeded; True from the first issue on. */
    public static final String RENEWED = "Renewed";

    /** MountSession: no running Pod mounts with an older credential than the published one. */
    public static final String CONSUMERS_CURRENT = "ConsumersCurrent";

    private ConditionType() {}
}
