package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** Whether every session of one Workspace that lives at the orchestrator is known to the one MountSession that it has. */
public final class SessionAccount {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final World world;
    private final SessionScene scene;
    private final String handle;
    private final String workspace;
    private Set<String> before = Set.of();

    /**
     * @param world where the orchestrator is
     * @param scene where the MountSessions are
     * @param handle the account's
     * @param workspace the Workspace's name here and there
     */
    public SessionAccount(World world, SessionScene scene, String handle, String workspace) {
        this.world = world;
        this.scene = scene;
        this.handle = handle;
        this.workspace = workspace;
    }

    /** A story begins: what there was before it does not count. */
    public void begin() {
        live().forEach(world.orchestrator().admin()::endSession);
        before = ids(world.orchestrator().admin().sessionHistory(handle, workspace));
    }

    /**
     * @return ids of all sessions that were opened since the story began
     */
    public Set<String> opened() {
        Set<String> all = ids(world.orchestrator().admin().sessionHistory(handle, workspace));
        all.removeAll(before);
        return all;
    }

    private List<StoredSession> live() {
        return world.orchestrator().admin().sessions(handle, workspace);
    }

    private static Set<String> ids(List<StoredSession> sessions) {
        return sessions.stream().map(StoredSession::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Waits until the one Secret is there and opens the volume, and until what lives is what Secret and status name. */
    public MountSession untilSettled(String name) {
        return untilSettledBut(name, 0);
    }

    /**
     * As {@link #untilSettled}, where some may live that nobody can know.
     *
     * @param lost at most so many more live
     */
    public MountSession untilSettledBut(String name, int lost) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertSettled(name, lost));
        return scene.get(name);
    }

    private void assertSettled(String name, int lost) {
        MountSession session = scene.untilReady(name);
        Secret secret = theOneSecret(name);
        assertThat(secret.getMetadata().getName()).isEqualTo(name);
        String published = secret.getMetadata().getAnnotations().get("artifacts.tonbo.io/session-id");
        assertThat(session.getStatus().getSessionId()).isEqualTo(published);
        assertThat(session.getStatus().getRestartedFor()).as("restarted for").startsWith(published);
        Set<String> known = session.getStatus().getPreviousSessions().stream()
                .map(PreviousSession::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        known.add(published);
        Set<String> living = ids(live());
        assertThat(living).as("known sessions live: %s", session.getStatus()).containsAll(known);
        living.removeAll(known);
        assertThat(living)
                .as("sessions that live and nobody knows: %s", session.getStatus())
                .hasSizeLessThanOrEqualTo(lost);
        opensTheVolume(scene.data(name));
    }

    private Secret theOneSecret(String name) {
        List<Secret> ours = secrets(name);
        assertThat(ours).as("published Secrets").hasSize(1);
        return ours.get(0);
    }

    private List<Secret> secrets(String name) {
        return scene.secrets().stream()
                .filter(secret -> secret.getMetadata().getLabels() != null
                        && name.equals(secret.getMetadata().getLabels().get(ArtifactsApi.MOUNT_SESSION)))
                .toList();
    }

    /** Past the proxy, which is the operator's. */
    private void opensTheVolume(Map<String, String> data) {
        String direct = data.get("metaurl")
                .replace(":" + world.metadata().port(), ":" + world.redis().port());
        try (Jedis jedis = new Jedis(URI.create(direct))) {
            assertThat(jedis.get(data.get("key-prefix") + "setting")).contains("\"" + data.get("name") + "\"");
        }
    }

    /** Makes the operator look once more, and finds that nothing changes: no session, no Secret, no status. */
    public void staysAsItIs(String name) {
        Set<String> opened = opened();
        String secret = theOneSecret(name).getMetadata().getResourceVersion();
        MountSession session = scene.get(name);
        String again = "again-" + System.nanoTime();
        scene.annotate(name, ArtifactsApi.RECONCILE_REQUESTED_AT, again);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(
                        scene.get(name).getStatus().getLastHandledReconcileAt())
                .as(() -> scene.describe(name))
                .isEqualTo(again));
        assertThat(opened()).isEqualTo(opened);
        assertThat(theOneSecret(name).getMetadata().getResourceVersion()).isEqualTo(secret);
        assertThat(scene.get(name).getStatus().getSessionId())
                .isEqualTo(session.getStatus().getSessionId());
        assertThat(scene.get(name).getStatus().getPreviousSessions())
                .isEqualTo(session.getStatus().getPreviousSessions());
    }

    /** Nothing lives and nothing is published. */
    public void assertNothingLeft(String name) {
        assertNothingLeftBut(name, 0);
    }

    /**
     * As {@link #assertNothingLeft}, where some may live that nobody can know.
     *
     * @param lost at most so many live
     */
    public void assertNothingLeftBut(String name, int lost) {
        assertThat(live()).as("sessions that live on").hasSizeLessThanOrEqualTo(lost);
        assertThat(secrets(name)).as("Secrets left").isEmpty();
    }
}
