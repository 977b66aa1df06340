package io.tonbo.artifacts.operator.orchestrator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token whose shape has been checked: a JWT of three base64url parts with an {@code exp} claim, a service token
 * {@code art_…} or an API key {@code tbo_…}. Whether the orchestrator accepts it is another question. The value leaves
 * this class only as the Authorization header of a request.
 */
public final class BearerToken {
    /** Longest token accepted, in characters; servers commonly refuse longer headers. */
    public static final int MAX_CHARACTERS = 8192;

    private static final Pattern KEY = Pattern.compile("(art|tbo)_[A-Za-z0-9._~+/=-]+");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");
    /** The end of year 9999: a JWT without a sensible end. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .build();

    private final String value;
    private final String hash;
    private final Instant expiry;

    private BearerToken(String value, Instant expiry) {
        this.value = value;
        this.hash = sha256(value).substring(0, 16);
        this.expiry = expiry;
    }

    /**
     * Trims white space at both ends and checks the shape. No request is made and no signature is checked.
     *
     * @param text what the Secret or the file holds, not null
     * @return the token
     * @throws MalformedTokenException if it is none; its message does not contain the text
     */
    public static BearerToken parse(String text) throws MalformedTokenException {
        String trimmed = text.strip().trim();
        int parts = trimmed.isEmpty() ? 0 : trimmed.split("\\.", -1).length;
        if (trimmed.isEmpty()) {
            throw new MalformedTokenException(0, 0, "it is empty");
        }
        if (trimmed.length() > MAX_CHARACTERS) {
            throw new MalformedTokenException(
                    trimmed.length(), parts, "more than the " + MAX_CHARACTERS + " that a token may have");
        }
        if (KEY.matcher(trimmed).matches()) {
            return new BearerToken(trimmed, null);
        }
        return new BearerToken(trimmed, expiryOfJwt(trimmed, parts));
    }

    private static Instant expiryOfJwt(String jwt, int parts) throws MalformedTokenException {
        String[] segments = jwt.split("\\.", -1);
        if (jwt.regionMatches(true, 0, "bearer ", 0, 7)) {
            throw new MalformedTokenException(jwt.length(), parts, "the word Bearer does not belong to it");
        }
        if (jwt.startsWith("\"") || jwt.startsWith("'")) {
            throw new MalformedTokenException(jwt.length(), parts, "the quotes do not belong to it");
        }
        if (parts != 3) {
            throw new MalformedTokenException(jwt.length(), parts, "neither art_, tbo_ nor three parts");
        }
        for (String segment : segments) {
            if (!BASE64URL.matcher(segment).matches()) {
                throw new MalformedTokenException(jwt.length(), parts, "a part is empty or not base64url");
            }
        }
        if (!claims(segments[0]).isObject()) {
            throw new MalformedTokenException(jwt.length(), parts, "its first part is not a JWT header");
        }
        JsonNode exp = claims(segments[1]).path("exp");
        if (!exp.isNumber()) {
            throw new MalformedTokenException(jwt.length(), parts, "its second part has no exp claim");
        }
        return Instant.ofEpochSecond((long) Math.max(0, Math.min(LAST_SECOND, exp.doubleValue())));
    }

    private static JsonNode claims(String segment) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(segment));
        } catch (IOException | IllegalArgumentException e) {
            // The exception quotes the token's text: it ends here.
            return JSON.missingNode();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @return 16 hexadecimal digits that tell tokens apart and do not lead back to them: for keys of maps and labels
     */
    public String hash() {
        return hash;
    }

    /**
     * @return the JWT's {@code exp}; empty for keys, which carry no end
     */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiry);
    }

    /**
     * @param text any text
     * @return HMAC-SHA256 of it under this token, 64 hexadecimal digits: whoever doesn't have the token can neither make nor
     *     guess it, and it does not lead back to the token
     */
    public String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    String headerValue() {
        return "Bearer " + value;
    }

    String hideIn(String text) {
        return text.replace(value, "[token]");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BearerToken that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "BearerToken[" + hash + "]";
    }
}
