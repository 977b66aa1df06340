package io.tonbo.artifacts.operator.orchestrator;

import java.time.Instant;

/**
 * A mount session that now exists, with its credential. It outlives the token that opened it.
 *
 * @param id what closes it
 * @param mode as granted, "rw" or "ro"; may be null
 * @param expiresAt when the credential ends; this rules, not what was asked for
 * @param metadataUrl {@code redis://} or {@code rediss://} with user and password
 * @param volumeName the JuiceFS volume's name
 * @param keyPrefix the prefix of its keys in Redis
 * @param storage where the chunks are; may be null
 */
public record OpenedSession(
        String id,
        String mode,
        Instant expiresAt,
        Sensitive metadataUrl,
        String volumeName,
        String keyPrefix,
        RemoteStorage storage) {}
