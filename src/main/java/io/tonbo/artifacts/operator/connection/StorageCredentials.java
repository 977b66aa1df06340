package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket's keys as a Secret holds them: under {@code ARTIFACTS_S3_ACCESS_KEY_ID},
 * {@code ARTIFACTS_S3_SECRET_ACCESS_KEY} and optionally {@code ARTIFACTS_S3_SESSION_TOKEN}, or under the {@code AWS_*}
 * spellings. Values are trimmed: a trailing newline, as editors and {@code echo} leave it, makes every signature wrong.
 *
 * @param keys the keys; empty when one of the two halves is missing
 * @param missing what the Secret lacks: which keys the Secret lacks, in the {@code ARTIFACTS_S3_*} spelling; empty when complete
 */
public record StorageCredentials(Optional<BucketKeys> keys, List<String> missing) {
    private static final String ID = "ACCESS_KEY_ID";
    private static final String SECRET = "SECRET_ACCESS_KEY";
    private static final String TOKEN = "SESSION_TOKEN";

    /**
     * @param data the Secret's values by key, decoded
     * @return its keys, or what is missing
     */
    public static StorageCredentials of(Map<String, String> data) {
        String id = value(data, ID);
        String secret = value(data, SECRET);
        List<String> missing = new ArrayList<>();
        if (id == null) {
            missing.add("ARTIFACTS_S3_" + ID);
        }
        if (secret == null) {
            missing.add("ARTIFACTS_S3_" + SECRET);
        }
        return missing.isEmpty()
                ? read(id, secret, value(data, TOKEN))
                : new StorageCredentials(Optional.empty(), missing);
    }

    private static StorageCredentials read(String id, String secret, String token) {
        try {
            return new StorageCredentials(Optional.of(new BucketKeys(id, secret, token)), List.of());
        } catch (IllegalArgumentException e) {
            return new StorageCredentials(
                    Optional.empty(),
                    List.of("keys of visible ASCII characters only (no spaces or line breaks inside)"));
        }
    }

    private static String value(Map<String, String> data, String key) {
        for (String prefix : List.of("ARTIFACTS_S3_", "AWS_")) {
            String value = data.get(prefix + key);
            if (value != null && !value.isBlank()) {
                return value.trim();
            }
        }
        return null;
    }
}
