package io.tonbo.artifacts.sandbox.s3;

import java.net.URI;
import java.time.Duration;

/** What happens to a request that meets a fault. */
public sealed interface S3Effect {
    /** The store behind the checked signature denies it: 403 AccessDenied. */
    record Denied() implements S3Effect {}

    /** What is read differs from what was written, in one byte. */
    record Corrupted() implements S3Effect {}

    /**
     * An error document instead of an answer.
     *
     * @param status HTTP status
     * @param code S3 error code
     */
    record Answered(int status, String code) implements S3Effect {}

    /**
     * An error document with a Location header.
     *
     * @param status HTTP status, for example 301 or 307
     * @param location where it points to
     */
    record Redirected(int status, URI location) implements S3Effect {}

    /**
     * An answer that no S3 server gives.
     *
     * @param status HTTP status
     * @param contentType its Content-Type
     * @param body its body
     */
    record Foreign(int status, String contentType, String body) implements S3Effect {}

    /**
     * A well-formed beginning, then white space.
     *
     * @param bytes how many bytes in all
     */
    record Huge(long bytes) implements S3Effect {}

    /**
     * Handled as ever, but late.
     *
     * @param delay how late
     */
    record Slow(Duration delay) implements S3Effect {}

    /** Never handled, never answered; the connection stays open until the server closes. */
    record Silent() implements S3Effect {}

    /** Not handled, and the connection is cut. */
    record RequestLost() implements S3Effect {}

    /** Handled as ever, and the connection is cut instead of an answer. */
    record ReplyLost() implements S3Effect {}
}
