package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.orchestrator.RemoteStorage;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import java.time.Instant;

/** Workspaces for tests, here and there. */
final class Remotes {
    static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");

    private Remotes() {}

    /** An object whose storage is bucket {@code b} at {@code https://s3.example.com}. */
    static Workspace workspace(String name) {
        StorageSpec storage = new StorageSpec();
        storage.setBucket("b");
        storage.setEndpoint("https://s3.example.com");
        storage.setRegion("auto");
        storage.setCredentialsSecretRef(new LocalSecretReference("keys"));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace("team");
        workspace.getMetadata().setName(name);
        workspace.getMetadata().setUid("uid-" + name);
        workspace.getMetadata().setGeneration(1L);
        workspace.getMetadata().setResourceVersion("10");
        workspace.getMetadata().setCreationTimestamp(CREATED.toString());
        workspace.setSpec(spec);
        return workspace;
    }

    static RemoteWorkspace remote(String name, String status) {
        return remote(name, "id-" + name, status, CREATED);
    }

    static RemoteWorkspace remote(String name, String id, String status, Instant createdAt) {
        RemoteStorage storage = new RemoteStorage("b", "https://s3.example.com", "auto", "");
        return remote(name, id, status, createdAt, storage, null);
    }

    static RemoteWorkspace remote(
            String name, String id, String status, Instant createdAt, RemoteStorage storage, String cacheProfile) {
        return new RemoteWorkspace(id, "ada", name, status, "vol-" + name, "{u}:", storage, cacheProfile, createdAt);
    }
}
