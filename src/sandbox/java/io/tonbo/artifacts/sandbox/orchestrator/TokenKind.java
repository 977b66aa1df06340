package io.tonbo.artifacts.sandbox.orchestrator;

/** The kinds of bearer token. */
public enum TokenKind {
    /** A user's: three base64url parts with an {@code exp} claim. */
    JWT,
    /** A service token, {@code art_…}. */
    SERVICE,
    /** An API key, {@code tbo_…}. */
    API_KEY
}
