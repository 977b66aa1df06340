package io.tonbo.artifacts.operator.juicefs;

import java.util.Objects;

/**
 * The access key of a bucket. Never shown: {@link #toString()} names nothing of it.
 *
 * @param accessKeyId the public half; not blank, trimmed
 * @param secretAccessKey the secret half; not blank, trimmed
 * @param sessionToken token of a temporary key, or null for a lasting one
 */
public record BucketKeys(String accessKeyId, String secretAccessKey, String sessionToken) {
    /**
     * Trims all three: a line feed after a key is the most common reason for a refused signature.
     *
     * @throws IllegalArgumentException if one of the two halves is blank or one of the three holds a character that no key has;
     *     the text repeats none of them
     */
    public BucketKeys {
        accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId").trim();
        secretAccessKey =
                Objects.requireNonNull(secretAccessKey, "secretAccessKey").trim();
        sessionToken = sessionToken == null || sessionToken.isBlank() ? null : sessionToken.trim();
        if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException("an access key needs both its id and its secret");
        }
        if (!isPlain(accessKeyId) || !isPlain(secretAccessKey) || (sessionToken != null && !isPlain(sessionToken))) {
            throw new IllegalArgumentException(
                    "an access key holds a space, a line break or another character that none has");
        }
    }

    /** Anything else could end a header and begin another. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return "BucketKeys[redacted]";
    }
}
