package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.orchestrator.Sensitive;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Sessions, buckets and keys for tests. */
final class Grants {
    static final Instant ENDS = Instant.parse("2026-11-02T12:00:00.500Z");
    static final BucketKeys KEYS = new BucketKeys("AKIA-ID", "KEY-SECRET", null);
    static final BucketKeys TEMPORARY_KEYS = new BucketKeys("ASIA-ID", "KEY-SECRET", "KEY-TOKEN");

    private Grants() {}

    static OpenedSession session() {
        return session("rw", "redis://sess:PASS-SECRET@meta.example.com:6379/1", "{u_1_w_2}:");
    }

    static OpenedSession session(String mode, String metadataUrl, String keyPrefix) {
        return new OpenedSession("ms_1", mode, ENDS, Sensitive.of(metadataUrl), "vol-1", keyPrefix, null);
    }

    static BucketAddress bucket(String endpoint, String region) {
        try {
            return BucketAddress.parse(endpoint, region, "chunks");
        } catch (EndpointNotAllowedException e) {
            throw new AssertionError(e);
        }
    }

    static BucketAddress tigris() {
        return bucket("https://t3.storage.dev", "auto");
    }

    static PublishedCredential published(
            OpenedSession session, BucketAddress bucket, BucketKeys keys, SessionMode mode) {
        try {
            return PublishedCredential.of(session, bucket, keys, mode);
        } catch (MetadataException e) {
            throw new AssertionError(e);
        }
    }

    static MountSession mountSession(String namespace, String name, String uid) {
        MountSession session = new MountSession();
        session.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .build());
        session.setSpec(new MountSessionSpec());
        return session;
    }

    /** Base64, as the API server has it. */
    static Map<String, String> encoded(Map<String, String> data) {
        Map<String, String> encoded = new HashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }
}
