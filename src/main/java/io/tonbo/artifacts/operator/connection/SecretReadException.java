package io.tonbo.artifacts.operator.connection;

/** A Secret could not be read, so that nobody knows whether it exists. */
public final class SecretReadException extends Exception {
    /** Why. */
    public enum Kind {
        /** The operator may not read Secrets there. */
        FORBIDDEN,
        /** The API server failed, or was not reached. */
        UNAVAILABLE
    }

    private final Kind kind;

    /**
     * @param kind why
     * @param namespace the Secret's namespace
     * @param name the Secret's name
     */
    public SecretReadException(Kind kind, String namespace, String name) {
        super(
                kind == Kind.FORBIDDEN
                        ? "the operator may not get Secret %s/%s".formatted(namespace, name)
                        : "the API server did not answer for Secret %s/%s".formatted(namespace, name),
                null,
                false,
                true);
        this.kind = kind;
    }

    /**
     * @return why
     */
    public Kind kind() {
        return kind;
    }
}
