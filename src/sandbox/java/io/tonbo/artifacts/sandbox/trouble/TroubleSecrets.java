package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One trouble's token and keys, good ones and others, and the Secrets that hold them. */
final class TroubleSecrets {
    private final SandboxParts parts;
    private final TroubleObjects objects;
    private final String id;
    private final int run;
    private final List<String> keyIds = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    /**
     * @param id the trouble's, and its account's
     * @param run 1 for the first time, 2 for the second, and so on: Secrets get other names, since the operator remembers for
     *     some minutes what it read of one
     */
    TroubleSecrets(SandboxParts parts, TroubleObjects objects, String id, int run) {
        this.parts = parts;
        this.objects = objects;
        this.id = id;
        this.run = run;
    }

    String tokenSecret() {
        return named("token");
    }

    String keysSecret() {
        return named("keys");
    }

    /** A name for this time: the operator remembers for some minutes what it read of one. */
    String named(String what) {
        return id + "-" + what + (run == 1 ? "" : "-" + run);
    }

    /** Stores one of the orchestrator's own. */
    void token(String token) {
        tokens.add(token);
        storeAsToken(token);
    }

    void storeAsToken(String text) {
        objects.create(tokenSecret(), Map.of("token", text));
    }

    String goodToken() {
        String token = parts.orchestrator().admin().mintToken(id, TokenKind.JWT);
        token(token);
        return token;
    }

    void keys(String keyId, String secret) {
        keysIn(keysSecret(), keyId, secret);
    }

    private void keysIn(String name, String keyId, String secret) {
        objects.create(name, Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", keyId, "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
    }

    /** Stores a new key that may do everything, and returns its id. */
    String goodKeys() {
        return goodKeysIn(keysSecret());
    }

    String goodKeysIn(String name) {
        String keyId = "TROUBLE" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        keyIds.add(keyId);
        String secret = UUID.randomUUID().toString();
        parts.s3().addKey(keyId, secret);
        keysIn(name, keyId, secret);
        return keyId;
    }

    /** None of them is worth anything any more. */
    void revoke() {
        keyIds.forEach(parts.s3()::removeKey);
        tokens.forEach(parts.orchestrator().admin()::revokeToken);
    }
}
