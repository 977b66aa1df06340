package io.tonbo.artifacts.operator.juicefs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The UUID of a volume we format: it says which resource claimed which workspace. */
public final class VolumeUuid {
    private VolumeUuid() {}

    /**
     * The first 128 bits of SHA-256 over both, a zero byte between them, with version and variant of RFC 9562 put in.
     *
     * @param workspaceId the orchestrator's id of the workspace
     * @param resourceUid the uid of the resource that claims it
     * @return always the same UUID for the same pair, of the form of a version 4 one
     */
    public static UUID of(String workspaceId, String resourceUid) {
        ByteBuffer hash =
                ByteBuffer.wrap(sha256().digest((workspaceId + '\0' + resourceUid).getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & 0xFFFFFFFF_FFFF0FFFL) | 0x4000L;
        long low = (hash.getLong() & 0x3FFFFFFF_FFFFFFFFL) | 0x80000000_00000000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
