package io.tonbo.artifacts.operator.juicefs;

import java.util.Locale;

/** What was being done to a bucket, in the words of a bucket policy. */
public enum BucketOperation {
    /** Finding the endpoint's address. */
    RESOLVE,
    /** Listing keys. */
    LIST,
    /** Reading an object. */
    GET,
    /** Writing an object. */
    PUT,
    /** Deleting an object. */
    DELETE;

    /**
     * @return the name for sentences and hints: {@code list}, {@code get}, …
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
