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
     * @throws IllegalArgumentException if one of the two halves is blank; the text holds neither
     */
    public BucketKeys {
        accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId").trim();
        secretAccessKey =
                Objects.requireNonNull(secretAccessKey, "secretAccessKey").trim();
        sessionToken = sessionToken == null || sessionToken.isBlank() ? null : sessionToken.trim();
        if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException("an access key needs both its id and its secret");
        }
    }

    @Override
    public String toString() {
        return "BucketKeys[redacted]";
    }
}
