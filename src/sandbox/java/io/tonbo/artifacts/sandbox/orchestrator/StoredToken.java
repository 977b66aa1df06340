package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;

/**
 * A token, stored under its hash.
 *
 * @param handle the account it speaks for
 * @param kind its kind
 * @param expiresAt when it stops being valid
 * @param revoked whether it was taken back
 * @param readOnly whether it may only read
 */
record StoredToken(String handle, TokenKind kind, Instant expiresAt, boolean revoked, boolean readOnly) {
    StoredToken expiringAt(Instant instant) {
        return new StoredToken(handle, kind, instant, revoked, readOnly);
    }

    StoredToken asRevoked() {
        return new StoredToken(handle, kind, expiresAt, true, readOnly);
    }
}
