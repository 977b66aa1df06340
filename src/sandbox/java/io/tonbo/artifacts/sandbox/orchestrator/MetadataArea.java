package io.tonbo.artifacts.sandbox.orchestrator;

import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The keys of workspaces, looked at with the server's own rights. */
final class MetadataArea {
    private final UnifiedJedis redis;

    MetadataArea(UnifiedJedis redis) {
        this.redis = redis;
    }

    boolean formatted(String prefix) {
        return redis.exists(prefix + "setting");
    }

    /** Removes every key under the prefix. */
    void clean(String prefix) {
        ScanParams keys = new ScanParams().match(prefix + "*").count(1000);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> found = redis.scan(cursor, keys);
            found.getResult().forEach(redis::unlink);
            cursor = found.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
}
