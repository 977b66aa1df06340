package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.time.Instant;
import java.util.List;

/** A Workspace, a MountSession of it and what it published, for tests. */
final class Served {
    static final Instant ISSUED = Instant.parse("2026-11-01T12:00:00Z");
    static final Instant ENDS = ISSUED.plusSeconds(3600);

    private Served() {}

    /** Workspace {@code team/files}, active. */
    static Workspace activeWorkspace() {
        Workspace workspace = workspace();
        WorkspaceStatus status = new WorkspaceStatus();
        status.setWorkspaceId("ws_1");
        status.setAddress("artifacts://ada/files");
        status.setVolumeName("vol-1");
        status.setKeyPrefix("{u_1_w_2}:");
        status.setState("active");
        status.setStorage(new FormattedStorage("chunks", "https://t3.storage.dev", "auto", ""));
        workspace.setStatus(status);
        return workspace;
    }

    /** Workspace {@code team/files}, of which nothing is known yet. */
    static Workspace workspace() {
        StorageSpec storage = new StorageSpec();
        storage.setBucket("chunks");
        storage.setEndpoint("https://t3.storage.dev");
        storage.setRegion("auto");
        storage.setCredentialsSecretRef(new LocalSecretReference("my-keys"));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        spec.setConnectionSecretRef(new LocalSecretReference("my-token"));
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace("team");
        workspace.getMetadata().setName("files");
        workspace.getMetadata().setUid("uid-files");
        workspace.getMetadata().setResourceVersion("10");
        workspace.setSpec(spec);
        return workspace;
    }

    /** MountSession {@code team/mount} of it, of generation 1. */
    static MountSession mountSession() {
        MountSession session = Grants.mountSession("team", "mount", "uid-mount");
        session.getMetadata().setGeneration(1L);
        session.getMetadata().setCreationTimestamp(ISSUED.toString());
        session.getSpec().setWorkspaceRef(new WorkspaceReference("files"));
        session.getSpec().setTtlSeconds(3600);
        session.setStatus(new MountSessionStatus());
        return session;
    }

    static OpenedSession opened(String id, String mode, String metadataUrl) {
        OpenedSession like = Grants.session(mode, metadataUrl, "{u_1_w_2}:");
        return new OpenedSession(id, mode, ENDS, like.metadataUrl(), like.volumeName(), like.keyPrefix(), null);
    }

    static GrantedSession granted(String id) {
        return new GrantedSession(
                opened(id, "rw", "redis://sess:PASS-SECRET@meta.example.com:6379/1"), ISSUED, 3600, IssueReason.FIRST);
    }

    static PublishedCredential credential(OpenedSession session) {
        return Grants.published(session, Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
    }

    static SessionRecord record(String id, String... revokes) {
        GrantedSession granted = granted(id);
        return granted.record("uid-mount", "ws_1", credential(granted.session()), "", List.of(revokes), ISSUED);
    }

    /** The Secret that {@link #mountSession()} publishes for that session. */
    static Secret secret(String id, String... revokes) {
        GrantedSession granted = granted(id);
        return SecretManifest.of(null, mountSession(), record(id, revokes), credential(granted.session()));
    }

    static Condition condition(String type, ConditionStatus status, String reason) {
        Condition condition = new Condition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage("so it is");
        return condition;
    }
}
