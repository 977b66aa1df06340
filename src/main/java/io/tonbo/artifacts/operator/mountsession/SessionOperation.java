package io.tonbo.artifacts.operator.mountsession;

/** What can fail about a MountSession. Each keeps a history of its own, which only its own success ends. */
enum SessionOperation {
    /** Having a token that may be used. */
    CONNECT,
    /** The bucket's keys and address. */
    STORAGE,
    /** Opening a session. */
    OPEN,
    /** Trying a session on its volume, and writing the Secret. */
    PUBLISH,
    /** The decision that somebody must mend something, or that something else must come or end first. */
    SETTLE,
    /** Revoking sessions. */
    REVOKE
}
