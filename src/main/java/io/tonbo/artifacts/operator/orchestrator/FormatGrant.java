package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;
import java.time.Instant;

/**
 * The right to write a volume's format into Redis, for about 15 minutes.
 *
 * @param metadataUrl {@code redis://} or {@code rediss://} with user and password
 * @param expiresAt when it ends; null if the server did not say
 */
public record FormatGrant(Sensitive metadataUrl, Instant expiresAt) {
    /**
     * @param needed how long the grant must hold
     * @param now the present, by the server's clock
     * @return whether it does; a grant without an end is taken at its word
     */
    public boolean lasts(Duration needed, Instant now) {
        return expiresAt == null || !expiresAt.isBefore(now.plus(needed));
    }
}
