package io.tonbo.artifacts.sandbox.redis;

/** What a proxy does with a reply whose request has already had its effect. */
public enum Reply {
    /** The client gets it. */
    FORWARD,
    /** The client's connection is closed instead: it never learns what happened. */
    DROP,
    /** Redis only: the client gets the error of a server that is still starting. */
    LOADING
}
