package io.tonbo.artifacts.operator.workspace;

/** What can fail about a Workspace. Each keeps a history of its own, which only its own success ends. */
enum Operation {
    /** Having a token that may be used. */
    CONNECT,
    /** Asking the orchestrator what there is. */
    OBSERVE,
    /** The decision that a person must mend something, or that something remote must end first. */
    SETTLE,
    /** Keys, endpoint and bucket. */
    STORAGE,
    /** Reserving the name, or getting a grant. */
    RESERVE,
    /** The volume's metadata. */
    FORMAT,
    /** Telling the orchestrator that the volume is formatted. */
    CONFIRM,
    /** Deleting the remote workspace. */
    DELETE,
    /** The end of a remote workspace that is being deleted. */
    END
}
