package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.juicefs.VolumeUuid;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

/** What there is of one account outside the cluster: its workspaces, their metadata, their objects. Read past all faults. */
public final class RemoteState {
    private final World world;
    private final String handle;
    private final String bucket;

    /**
     * @param world where
     * @param handle an account
     * @param bucket the one bucket that its workspaces lie in
     */
    public RemoteState(World world, String handle, String bucket) {
        this.world = world;
        this.handle = handle;
        this.bucket = bucket;
    }

    /**
     * @return its workspaces that are pending or active, the oldest first
     */
    public List<StoredWorkspace> live() {
        return world.orchestrator().admin().workspaces(handle).stream()
                .filter(w -> w.state() == WorkspaceState.ACTIVE || w.state() == WorkspaceState.PENDING_FORMAT)
                .toList();
    }

    /**
     * @return every key of its live workspaces' metadata with its value, each byte one character
     */
    public Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>();
        try (Jedis admin = world.redis().admin()) {
            for (StoredWorkspace workspace : live()) {
                for (byte[] key : admin.keys((workspace.keyPrefix() + "*").getBytes(StandardCharsets.UTF_8))) {
                    all.put(text(key), text(admin.get(key)));
                }
            }
        }
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * @return the objects in the bucket that mean something: what a bucket probe left behind does not
     */
    public List<String> objects() {
        return world.s3().keys(bucket, "").stream()
                .filter(key -> !key.contains("/testing/"))
                .toList();
    }

    /**
     * There is exactly one workspace, active, and it was formatted by this object and by it alone.
     *
     * @param owner the object, Ready
     * @return the workspace
     */
    public StoredWorkspace assertFormattedOnceBy(Workspace owner) {
        assertThat(world.orchestrator().admin().workspaces(handle))
                .as("workspaces ever made for %s", handle)
                .hasSize(1);
        return assertFormattedBy(owner);
    }

    /**
     * There is exactly one live workspace, active, and it was formatted by this object.
     *
     * @param owner the object, Ready
     * @return the workspace
     */
    public StoredWorkspace assertFormattedBy(Workspace owner) {
        assertThat(live()).singleElement().satisfies(workspace -> {
            assertThat(workspace.state()).isEqualTo(WorkspaceState.ACTIVE);
            assertThat(owner.getStatus().getWorkspaceId()).isEqualTo(workspace.id());
            assertThat(owner.getStatus().getVolumeName()).isEqualTo(workspace.volumeName());
        });
        StoredWorkspace workspace = live().get(0);
        String uuid =
                VolumeUuid.of(workspace.id(), owner.getMetadata().getUid()).toString();
        Map<String, String> metadata = metadata();
        String prefix = workspace.keyPrefix();
        assertThat(metadata).hasSize(3).containsKeys(prefix + "setting", prefix + "i1");
        assertThat(metadata.get(prefix + "setting")).contains("\"" + uuid + "\"");
        String mark = workspace.volumeName() + "/juicefs_uuid";
        assertThat(objects()).contains(mark);
        assertThat(uuid()).as("juicefs_uuid of %s", workspace.volumeName()).contains(uuid);
        return workspace;
    }

    private Optional<String> uuid() {
        return live().stream()
                .findFirst()
                .flatMap(workspace -> world.s3().get(bucket, workspace.volumeName() + "/juicefs_uuid"))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Nothing that counts is left at the orchestrator; objects in the bucket are the user's, and stay. */
    public void assertGone() {
        assertThat(live()).as("live workspaces of %s", handle).isEmpty();
    }
}
