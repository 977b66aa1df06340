package io.tonbo.artifacts.operator.juicefs;

import java.time.Duration;

/**
 * Deadlines of calls to a volume's metadata Redis.
 *
 * @param connect for the TCP and TLS handshakes; positive
 * @param reply for the answer to one command; positive
 */
public record MetadataTimeouts(Duration connect, Duration reply) {
    /** What the operator uses: 5 s each. */
    public static final MetadataTimeouts DEFAULT = new MetadataTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
}
