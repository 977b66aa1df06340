package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.MetadataAddress;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import io.tonbo.artifacts.sandbox.redis.RedisProxy;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything that an operator needs around it, real: the shared Kubernetes API, and a Redis, an S3 server and an orchestrator
 * of this test class alone.
 */
public final class World implements AutoCloseable {
    /** The id of a bucket key that works. */
    public static final String KEY_ID = "AKIDSANDBOX";
    /** Its secret: planted, so that a search for it finds a leak. */
    public static final String KEY_SECRET = "planted-bucket-secret-7f3a";

    public static final String REGION = "us-east-1";

    private final SandboxRedis redis = SandboxRedis.start();
    private final SandboxS3 s3 = SandboxS3.start();
    private final RedisProxy metadata = RedisProxy.inFrontOf(redis.port());
    private final SandboxOrchestrator orchestrator;

    private World(Behaviour behaviour) {
        orchestrator = SandboxOrchestrator.start(
                redis, behaviour, 0, new MetadataAddress("redis", "127.0.0.1", metadata.port()));
        s3.addKey(KEY_ID, KEY_SECRET);
    }

    /**
     * @return a running world
     */
    public static World start() {
        return start(new Behaviour().deletingLasts(Duration.ofMillis(50)));
    }

    /**
     * @param behaviour how its orchestrator behaves
     * @return a running world
     */
    public static World start(Behaviour behaviour) {
        return new World(behaviour);
    }

    public KubeCluster cluster() {
        return SharedKubeCluster.cluster();
    }

    public SandboxRedis redis() {
        return redis;
    }

    /**
     * @return the proxy between the metadata Redis and whoever has a grant
     */
    public RedisProxy metadata() {
        return metadata;
    }

    public SandboxS3 s3() {
        return s3;
    }

    public SandboxOrchestrator orchestrator() {
        return orchestrator;
    }

    /**
     * @param handle an account
     * @return a valid token of it
     */
    public String token(String handle) {
        return orchestrator.admin().mintToken(handle, TokenKind.JWT);
    }

    /**
     * @return the environment in which an operator runs against this world
     */
    public Map<String, String> environment() {
        Map<String, String> env = new HashMap<>();
        env.put("ARTIFACTS_ORCHESTRATOR_URL", orchestrator.url().toString());
        env.put("ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS", "127.0.0.1");
        env.put("ARTIFACTS_POLL_INTERVAL", "PT5S");
        env.put("ARTIFACTS_REQUESTS_PER_SECOND", "500");
        return env;
    }

    /** Ends what was started for this world. */
    @Override
    public void close() {
        orchestrator.close();
        metadata.close();
        s3.close();
        redis.close();
    }
}
