package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data of a published Secret: a session, and the bucket that its volume's chunks are in. What each key holds stands at
 * {@link SecretKey}. Values do not show in {@link #toString()}.
 *
 * @param data values by key, in the order of {@link SecretKey}
 */
record PublishedCredential(Map<String, String> data) {
    /** What is the session's own, and stays when the bucket's keys change. */
    private static final List<SecretKey> OF_THE_SESSION = List.of(
            SecretKey.METAURL,
            SecretKey.NAME,
            SecretKey.KEY_PREFIX,
            SecretKey.MODE,
            SecretKey.MOUNT_OPTIONS,
            SecretKey.EXPIRES_AT);

    /** What a mount that is running notices. */
    private static final List<SecretKey> NOTICED = List.of(SecretKey.ENVS, SecretKey.S3_BUCKET, SecretKey.S3_ENDPOINT);

    PublishedCredential {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (SecretKey key : SecretKey.values()) {
            if (data.containsKey(key.key())) {
                ordered.put(key.key(), data.get(key.key()));
            }
        }
        data = Collections.unmodifiableMap(ordered);
    }

    /**
     * @param session what the orchestrator granted
     * @param bucket where the Workspace's status says that the volume's chunks are
     * @param keys the bucket's keys
     * @param mode what the MountSession asks for
     * @return what to publish
     * @throws MetadataException of kind PROTOCOL if the metadata URL cannot be read; the text says nothing of it
     */
    static PublishedCredential of(OpenedSession session, BucketAddress bucket, BucketKeys keys, SessionMode mode)
            throws MetadataException {
        boolean readOnly =
                mode == SessionMode.READ_ONLY || SessionMode.READ_ONLY.wire().equals(session.mode());
        Map<String, String> data = new LinkedHashMap<>();
        put(data, SecretKey.METAURL, MountUrl.of(session.metadataUrl()).url().reveal());
        put(data, SecretKey.NAME, session.volumeName());
        put(data, SecretKey.KEY_PREFIX, session.keyPrefix() == null ? "" : session.keyPrefix());
        put(data, SecretKey.MODE, (readOnly ? SessionMode.READ_ONLY : SessionMode.READ_WRITE).wire());
        put(data, SecretKey.MOUNT_OPTIONS, readOnly ? "ro" : "");
        put(
                data,
                SecretKey.EXPIRES_AT,
                SessionRecord.wholeSecond(session.expiresAt()).toString());
        putBucket(data, bucket, keys);
        return new PublishedCredential(data);
    }

    /**
     * The same session with the bucket's keys of today.
     *
     * @param published the data of a Secret that is as we wrote it
     * @param bucket where the Workspace's status says that the volume's chunks are
     * @param keys the bucket's keys
     * @return what to publish instead; equal to what is there when nothing changed
     */
    static PublishedCredential rewritten(Map<String, String> published, BucketAddress bucket, BucketKeys keys) {
        Map<String, String> data = new LinkedHashMap<>();
        for (SecretKey key : OF_THE_SESSION) {
            put(data, key, published.getOrDefault(key.key(), ""));
        }
        putBucket(data, bucket, keys);
        return new PublishedCredential(data);
    }

    private static void putBucket(Map<String, String> data, BucketAddress bucket, BucketKeys keys) {
        put(data, SecretKey.S3_BUCKET, bucket.bucket());
        put(data, SecretKey.S3_ENDPOINT, bucket.endpoint().toString());
        put(data, SecretKey.AWS_REGION, bucket.signingRegion());
        put(data, SecretKey.AWS_ACCESS_KEY_ID, keys.accessKeyId());
        put(data, SecretKey.AWS_SECRET_ACCESS_KEY, keys.secretAccessKey());
        put(data, SecretKey.ARTIFACTS_ACCESS_KEY_ID, keys.accessKeyId());
        put(data, SecretKey.ARTIFACTS_SECRET_ACCESS_KEY, keys.secretAccessKey());
        if (keys.sessionToken() != null) {
            put(data, SecretKey.AWS_SESSION_TOKEN, keys.sessionToken());
            put(data, SecretKey.ARTIFACTS_SESSION_TOKEN, keys.sessionToken());
        }
        put(data, SecretKey.ENVS, envs(data));
    }

    /** The environment as the CSI driver hands it to its mount Pod. */
    private static String envs(Map<String, String> data) {
        ObjectNode envs = JsonNodeFactory.instance.objectNode();
        data.forEach((key, value) -> {
            if (key.startsWith("AWS_")) {
                envs.put(key, value);
            }
        });
        return envs.toString();
    }

    private static void put(Map<String, String> data, SecretKey key, String value) {
        data.put(key.key(), value);
    }

    /**
     * @param published the data of a Secret that is as we wrote it
     * @return how that differs from this: {@code KEYS} when a mount that is running has to be restarted for it
     */
    Drift driftOf(Map<String, String> published) {
        if (data.equals(published)) {
            return Drift.NONE;
        }
        boolean noticed = NOTICED.stream().anyMatch(key -> !data.get(key.key()).equals(published.get(key.key())));
        return noticed ? Drift.KEYS : Drift.COSMETIC;
    }

    @Override
    public String toString() {
        return "PublishedCredential[keys=" + data.keySet() + "]";
    }
}
