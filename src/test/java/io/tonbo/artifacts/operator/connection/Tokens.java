package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.orchestrator.MalformedTokenException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Tokens for tests. */
final class Tokens {
    private Tokens() {}

    static BearerToken token(String text) {
        try {
            return BearerToken.parse(text);
        } catch (MalformedTokenException e) {
            throw new AssertionError(e);
        }
    }

    static String jwt(Instant expiry) {
        return base64("{\"alg\":\"HS256\"}") + "." + base64("{\"exp\":" + expiry.getEpochSecond() + "}") + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
