package io.tonbo.artifacts.operator.juicefs;

/** A call to a volume's metadata Redis that did not succeed. Holds nothing of the URL, the credentials or the answer's text. */
public final class MetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What sort of failure it is. */
    public enum Kind {
        /** Not resolved, refused, timed out, cut off or no TLS: there was no answer. */
        UNREACHABLE,
        /** It answered that it cannot serve right now: loading, full, read-only, failing over, too many clients. */
        UNAVAILABLE,
        /** The user or password is refused (WRONGPASS, NOAUTH) or may not do this (NOPERM). */
        ACCESS_DENIED,
        /** What was read makes no sense: a malformed URL, an unknown error, a key of the wrong type. */
        PROTOCOL
    }

    private final Kind kind;

    /**
     * @param kind what sort of failure it is
     * @param message our own words
     */
    public MetadataException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * @return what sort of failure it is
     */
    public Kind kind() {
        return kind;
    }
}
