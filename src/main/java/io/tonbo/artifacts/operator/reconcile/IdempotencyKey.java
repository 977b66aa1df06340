package io.tonbo.artifacts.operator.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key under which a server that honours {@code Idempotency-Key} replays an answer: the same for the repetitions of one
 * attempt, another one for an attempt that wants something fresh.
 */
public final class IdempotencyKey {
    private IdempotencyKey() {}

    /**
     * @param parts what makes the attempt what it is; null counts as empty
     * @return 64 hexadecimal digits
     */
    public static String of(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = (part == null ? "" : part).getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
