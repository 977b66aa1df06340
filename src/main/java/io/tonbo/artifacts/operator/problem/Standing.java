package io.tonbo.artifacts.operator.problem;

/** Which kstatus condition stands beside {@code Ready=False}. */
public enum Standing {
    /** The operator keeps working on it. */
    RECONCILING,
    /** Somebody must act. It is still tried again, slowly: what unblocks it may change outside the cluster. */
    STALLED,
    /** Reconciling for the row's {@linkplain ErrorRow#grace() grace}, counted from the first failure; then stalled. */
    GRACE,
    /** Neither condition is set: the object rests because somebody wanted it so, or the problem is over already. */
    NEITHER
}
