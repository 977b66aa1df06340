package io.tonbo.artifacts.operator.juicefs;

import java.time.Duration;

/**
 * Deadlines of a bucket's calls.
 *
 * @param connect for the TCP and TLS handshakes of one address; positive
 * @param call for one whole call, from the first byte sent to the last one read; positive
 */
public record BucketTimeouts(Duration connect, Duration call) {
    /** What the operator uses: 5 s to connect, 15 s a call. */
    public static final BucketTimeouts DEFAULT = new BucketTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));
}
