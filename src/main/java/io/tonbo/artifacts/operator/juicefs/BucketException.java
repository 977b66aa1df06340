package io.tonbo.artifacts.operator.juicefs;

/**
 * An operation on a bucket that did not succeed. Of the server's answer it holds the S3 error code and the HTTP status
 * alone, so that an endpoint cannot be used to read what else listens in the network; its message is our own words.
 */
public final class BucketException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What sort of failure it is, that is: who can mend it. */
    public enum Kind {
        /** The server refused: the key, the bucket's name, its policy or the region is wrong. */
        USER,
        /** No answer, a broken one, 5xx or "slow down": it may be gone a moment later. */
        UNAVAILABLE,
        /** The server accepted everything, yet does not store as S3 does. */
        CHECK_FAILED
    }

    private final Kind kind;
    private final BucketOperation operation;
    private final String code;
    private final int httpStatus;

    /**
     * @param kind who can mend it
     * @param operation what was being done
     * @param code the S3 error code, or null when there was none
     * @param httpStatus the HTTP status, or 0 when there was no answer
     * @param message our own words; holds nothing of the answer
     */
    public BucketException(Kind kind, BucketOperation operation, String code, int httpStatus, String message) {
        super(message);
        this.kind = kind;
        this.operation = operation;
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /**
     * @return who can mend it
     */
    public Kind kind() {
        return kind;
    }

    /**
     * @return what was being done
     */
    public BucketOperation operation() {
        return operation;
    }

    /**
     * @return the S3 error code, matching {@code [A-Za-z0-9.]{1,64}}, or null when the answer held none
     */
    public String code() {
        return code;
    }

    /**
     * @return the HTTP status of the answer, or 0 when there was none
     */
    public int httpStatus() {
        return httpStatus;
    }
}
