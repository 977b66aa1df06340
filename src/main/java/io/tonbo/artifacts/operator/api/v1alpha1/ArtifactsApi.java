package io.tonbo.artifacts.operator.api.v1alpha1;

/** Names that users, GitOps tools and the operator agree on. */
public final class ArtifactsApi {
    /** API group of all resources. */
    public static final String GROUP = "artifacts.tonbo.io";

    /** API version of the types in this package. */
    public static final String VERSION = "v1alpha1";

    /** {@code kubectl get artifacts} lists every kind of this category. */
    public static final String CATEGORY = "artifacts";

    /** Finalizer that holds a deleted resource until its remote side is dealt with. */
    public static final String FINALIZER = "artifacts.tonbo.io/finalizer";

    /** Annotation; {@code "true"} lets a deleted resource go at once, whatever stays behind remotely. */
    public static final String ABANDON = "artifacts.tonbo.io/abandon";

    /**
     * Annotation; any new value makes the operator look again now. The value handled last is echoed in
     * {@code status.lastHandledReconcileAt}, where more than {@value WorkspaceStatus#MAX_RECONCILE_AT} characters are cut:
     * a time, which is what belongs here, never has as many.
     */
    public static final String RECONCILE_REQUESTED_AT = "reconcile.artifacts.tonbo.io/requestedAt";

    /**
     * Annotation of a MountSession; any new value makes it replace its credential and revoke the old one. The published
     * Secret carries the value that its session answers: both are then written at once, so no crash issues a second one.
     */
    public static final String REISSUE_REQUESTED_AT = "artifacts.tonbo.io/reissueRequestedAt";

    /**
     * Annotation of a workload's Pod template; the name of a MountSession in its namespace, which may then restart it. Needed
     * where the template does not name the Secret, because the Pods mount through a PersistentVolumeClaim.
     */
    public static final String MOUNT_SESSION = "artifacts.tonbo.io/mount-session";

    private ArtifactsApi() {}
}
