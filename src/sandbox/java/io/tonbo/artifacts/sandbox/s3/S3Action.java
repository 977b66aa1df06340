package io.tonbo.artifacts.sandbox.s3;

/** What a request wants, in the words of a bucket policy. */
public enum S3Action {
    /** Listing keys. */
    LIST,
    /** Reading an object or its head. */
    GET,
    /** Writing an object. */
    PUT,
    /** Deleting an object. */
    DELETE,
    /** Making, deleting or configuring a bucket; always denied to keys. */
    ADMINISTER
}
