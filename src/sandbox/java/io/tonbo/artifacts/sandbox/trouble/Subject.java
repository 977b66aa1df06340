package io.tonbo.artifacts.sandbox.trouble;

/** The object that shows a trouble's reason; its name is the trouble's id. */
public enum Subject {
    /** A Workspace. */
    WORKSPACE,
    /** A MountSession; there may be a Workspace of the same name that it is for. */
    MOUNT_SESSION
}
