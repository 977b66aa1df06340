package io.tonbo.artifacts.sandbox.orchestrator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/** Mints tokens and tells whose a presented one is. */
final class Tokens {
    private final Store store;
    private final Behaviour behaviour;

    Tokens(Store store, Behaviour behaviour) {
        this.store = store;
        this.behaviour = behaviour;
    }

    String mint(String handle, TokenKind kind, Duration validFor, boolean readOnly) {
        store.account(handle);
        Instant expiresAt = behaviour.now().plus(validFor).truncatedTo(ChronoUnit.SECONDS);
        String token =
                switch (kind) {
                    case JWT -> jwt(handle, expiresAt);
                    case SERVICE -> "art_" + Randomness.base64Url(24);
                    case API_KEY -> "tbo_" + Randomness.base64Url(24);
                };
        store.saveToken(Randomness.digest(token), new StoredToken(handle, kind, expiresAt, false, readOnly));
        return token;
    }

    /** Has the shape of a signed JWT; what makes it valid is that its hash is known here. */
    private static String jwt(String handle, Instant expiresAt) {
        Map<String, Object> claims =
                Map.of("sub", handle, "exp", expiresAt.getEpochSecond(), "jti", Randomness.name(20));
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(Json.write(claims)) + "."
                + Randomness.base64Url(32);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    void expire(String token) {
        change(token, stored(token).expiringAt(behaviour.now().minusSeconds(1)));
    }

    void revoke(String token) {
        change(token, stored(token).asRevoked());
    }

    private void change(String token, StoredToken changed) {
        store.saveToken(Randomness.digest(token), changed);
    }

    private StoredToken stored(String token) {
        return store.token(Randomness.digest(token))
                .orElseThrow(() -> new IllegalArgumentException("not a token of this orchestrator"));
    }

    /** Whose token the Authorization header carries; 401 if nobody's. */
    StoredToken authenticate(String authorization) {
        if (authorization == null || authorization.isBlank()) {
            throw unauthorized("missing bearer token");
        }
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw unauthorized("the Authorization header is not of scheme Bearer");
        }
        String token = authorization.substring(7);
        StoredToken stored =
                store.token(Randomness.digest(token)).orElseThrow(() -> unauthorized("invalid bearer token"));
        if (stored.revoked()) {
            throw unauthorized("the token was revoked");
        }
        if (!behaviour.now().isBefore(stored.expiresAt())) {
            throw unauthorized("the token has expired");
        }
        if (stored.kind() == TokenKind.API_KEY && !behaviour.acceptsApiKeys()) {
            throw unauthorized("bad jwt: token contains an invalid number of segments");
        }
        return stored;
    }

    private static ApiError unauthorized(String message) {
        return ApiError.documented("unauthorized", message);
    }
}
