package io.tonbo.artifacts.sandbox.orchestrator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;

/** Writes into the metadata what a stock {@code juicefs format} writes, in its order and under a random UUID. */
final class CommandLineClient {
    private static final long TRASH = 0x7FFF_FFFF_1000_0000L;

    private final UnifiedJedis redis;
    private final Behaviour behaviour;

    CommandLineClient(UnifiedJedis redis, Behaviour behaviour) {
        this.redis = redis;
        this.behaviour = behaviour;
    }

    void advance(StoredWorkspace workspace, CliProgress progress) {
        if (progress == CliProgress.RESERVED) {
            return;
        }
        redis.set(key(workspace, "i" + TRASH), inode((short) 0x216D));
        redis.set(key(workspace, "setting"), setting(workspace));
        if (progress != CliProgress.WITHOUT_ROOT) {
            redis.set(key(workspace, "i1"), inode((short) 0x21FF));
        }
    }

    private static byte[] key(StoredWorkspace workspace, String key) {
        return (workspace.keyPrefix() + key).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] setting(StoredWorkspace workspace) {
        StoredStorage storage = workspace.storage();
        String setting =
                """
                {
                "Name": "%s",
                "UUID": "%s",
                "Storage": "s3",
                "Bucket": "%s/%s",
                "BlockSize": 4096,
                "Compression": "none",
                "EncryptAlgo": "aes256gcm-rsa",
                "TrashDays": 1,
                "MetaVersion": 1,
                "MinClientVersion": "1.1.0-A",
                "DirStats": true,
                "EnableACL": false
                }"""
                        .formatted(workspace.volumeName(), UUID.randomUUID(), storage.endpoint(), storage.bucket());
        return setting.getBytes(StandardCharsets.UTF_8);
    }

    /** A directory owned by root: 72 bytes, big-endian. */
    private byte[] inode(short typeAndMode) {
        long now = behaviour.now().getEpochSecond();
        return ByteBuffer.allocate(72)
                .put((byte) 0)
                .putShort(typeAndMode)
                .putLong(0)
                .putLong(now)
                .putInt(0)
                .putLong(now)
                .putInt(0)
                .putLong(now)
                .putInt(0)
                .putInt(2)
                .putLong(4096)
                .putInt(0)
                .putLong(1)
                .put((byte) 0)
                .array();
    }
}
