package io.tonbo.artifacts.sandbox.trouble;

/** The object that shows a trouble's reason; its name is the trouble's id. */
public enum Subject {
    /** A Workspace. */
    WORKSPACE("Workspace"),
    /** A MountSession; there may be a Workspace of the same name that it is for. */
    MOUNT_SESSION("MountSession");

    private final String kind;

    Subject(String kind) {
        this.kind = kind;
    }

    /**
     * @return as Kubernetes has it: Workspace or MountSession
     */
    public String kind() {
        return kind;
    }
}
