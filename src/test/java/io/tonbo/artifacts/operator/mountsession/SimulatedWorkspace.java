package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.VolumeSetting;
import io.tonbo.artifacts.operator.juicefs.VolumeUuid;
import io.tonbo.artifacts.operator.testing.SimulatedClock;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;

/** A workspace that is active and formatted, on a real orchestrator and a real Redis whose time is simulated. */
final class SimulatedWorkspace implements AutoCloseable {
    static final String NAMESPACE = "team";
    static final String NAME = "files";
    static final String HANDLE = "ada";
    static final String TOKEN_SECRET = "tonbo-token";
    static final String KEYS_SECRET = "bucket-keys";

    private static final String UID = "7d0d3c7e-0000-4000-8000-00000000f11e";
    private static final String BUCKET = "simulated";
    private static final String ENDPOINT = "http://127.0.0.1:9";
    private static final String REGION = "us-east-1";
    private static final Duration LONGER_THAN_ANY_SIMULATION = Duration.ofDays(400);

    private final SandboxRedis redis = SandboxRedis.start();
    private final SandboxOrchestrator orchestrator;
    private final Workspace object;

    SimulatedWorkspace(SimulatedClock clock) {
        orchestrator = SandboxOrchestrator.start(redis, new Behaviour().clock(clock), 0);
        StoredWorkspace made =
                admin().makeAsCli(HANDLE, NAME, new StoredStorage(BUCKET, ENDPOINT, REGION, ""), CliProgress.ACTIVE);
        format(made);
        object = object(made);
    }

    /** As the Workspace's reconcile would have: under its own UUID. */
    private void format(StoredWorkspace made) {
        try (Jedis admin = redis.admin()) {
            BucketAddress address = BucketAddress.parse(ENDPOINT, REGION, BUCKET);
            byte[] setting = VolumeSetting.of(made.volumeName(), VolumeUuid.of(made.id(), UID), address)
                    .encode();
            admin.set((made.keyPrefix() + "setting").getBytes(StandardCharsets.UTF_8), setting);
        } catch (EndpointNotAllowedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Workspace object(StoredWorkspace made) {
        FormattedStorage formatted = new FormattedStorage();
        formatted.setBucket(BUCKET);
        formatted.setEndpoint(ENDPOINT);
        formatted.setRegion(REGION);
        WorkspaceStatus status = new WorkspaceStatus();
        status.setState("active");
        status.setAddress("artifacts://" + HANDLE + "/" + NAME);
        status.setWorkspaceId(made.id());
        status.setVolumeName(made.volumeName());
        status.setKeyPrefix(made.keyPrefix());
        status.setStorage(formatted);
        StorageSpec storage = new StorageSpec();
        storage.setBucket(BUCKET);
        storage.setEndpoint(ENDPOINT);
        storage.setRegion(REGION);
        storage.setCredentialsSecretRef(new LocalSecretReference(KEYS_SECRET));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        spec.setConnectionSecretRef(new LocalSecretReference(TOKEN_SECRET));
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace(NAMESPACE);
        workspace.getMetadata().setName(NAME);
        workspace.getMetadata().setUid(UID);
        workspace.getMetadata().setResourceVersion("1");
        workspace.setSpec(spec);
        workspace.setStatus(status);
        return workspace;
    }

    /** What the cluster has of it. */
    Workspace object() {
        return object;
    }

    SandboxOrchestrator orchestrator() {
        return orchestrator;
    }

    SandboxAdmin admin() {
        return orchestrator.admin();
    }

    /** One that does not end while anybody looks. */
    String token() {
        return admin().mintToken(HANDLE, TokenKind.SERVICE, LONGER_THAN_ANY_SIMULATION);
    }

    /** Every session that it ever had, the oldest first. */
    List<StoredSession> sessions() {
        return admin().sessionHistory(HANDLE, NAME);
    }

    @Override
    public void close() {
        orchestrator.close();
        redis.close();
    }
}
