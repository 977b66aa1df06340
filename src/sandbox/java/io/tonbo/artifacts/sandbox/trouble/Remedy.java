package io.tonbo.artifacts.sandbox.trouble;

/** Who ends a trouble. */
public enum Remedy {
    /** Whoever runs the commands of the hint that the object's status shows. */
    FOLLOW_THE_HINT,
    /** Nobody in the cluster: it passes, and the operator goes on by itself. */
    WAIT,
    /** Somebody whom the hint names, outside the object's namespace: an administrator, the bucket's owner, Tonbo's support. */
    ELSEWHERE
}
