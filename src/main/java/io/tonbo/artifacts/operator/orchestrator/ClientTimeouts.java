package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;

/**
 * How long a request may take.
 *
 * @param connect for one TCP connection and, again, for one TLS handshake; positive
 * @param call for the whole exchange, from waiting for a connection to the last byte of the answer; positive
 */
public record ClientTimeouts(Duration connect, Duration call) {
    /** 5 s to connect, 15 s for a call. */
    public static final ClientTimeouts DEFAULT = new ClientTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));

    public ClientTimeouts {
        if (connect.isNegative() || connect.isZero() || call.isNegative() || call.isZero()) {
            throw new IllegalArgumentException("timeouts must be positive: connect " + connect + ", call " + call);
        }
    }
}
