package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ObjectHistory;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** One case's MountSession and its Secret, beside a Workspace with an account of its own, all under the case's name. */
final class SessionPlay implements ProblemRow.Player<MountSession> {
    private static final int TTL_SECONDS = 7200;
    private static final Pattern UUID = Pattern.compile("\"UUID\": ?\"([^\"]+)\"");

    private final ProblemStage stage;
    private final String name;
    private final ProblemPlay workspace;
    private final SessionScene scene;
    private String volume;

    SessionPlay(ProblemStage stage, String name) {
        this.stage = stage;
        this.name = name;
        this.workspace = new ProblemPlay(stage, name);
        this.scene = new SessionScene(workspace.scene());
    }

    String name() {
        return name;
    }

    /** Its Workspace, account, keys and bucket. */
    ProblemPlay workspace() {
        return workspace;
    }

    SessionScene scene() {
        return scene;
    }

    @Override
    public void prepare() {
        workspace.prepare();
    }

    /** The Workspace that it names is active. */
    void activeWorkspace() {
        workspace.apply();
        workspace.untilReady();
    }

    /** The Workspace that it names stands for a volume that the CLI made. */
    void adoptedWorkspace() {
        String volumeName = workspace.madeByCli(CliProgress.ACTIVE).volumeName();
        workspace.put(volumeName, "juicefs_uuid", uuid());
        applyAdopting();
        workspace.untilReady();
    }

    void applyAdopting() {
        workspace.apply(spec -> spec.setAdoptionPolicy(AdoptionPolicy.ADOPT));
    }

    @Override
    public void apply() {
        scene.apply(name, name, spec -> spec.setTtlSeconds(TTL_SECONDS));
    }

    @Override
    public String askToLook() {
        String value = "asked-" + System.nanoTime();
        scene.annotate(name, ArtifactsApi.RECONCILE_REQUESTED_AT, value);
        return value;
    }

    /** Less than was granted is due at once. */
    void lowerTtl() {
        Awaitility.await().ignoreException(KubernetesClientException.class).until(() -> {
            scene.edit(name, spec -> spec.setTtlSeconds(spec.getTtlSeconds() / 2));
            return true;
        });
    }

    /** The credential leaked: a new one is asked for. */
    void askForReissue() {
        scene.annotate(name, ArtifactsApi.REISSUE_REQUESTED_AT, "leaked-" + System.nanoTime());
    }

    @Override
    public MountSession untilReady() {
        return until(session -> true, "Ready without an error");
    }

    /** Waits until it is Ready with another session than this one. */
    MountSession untilReplaced(String sessionId) {
        return until(
                session -> Kstatus.isTrue(session, "Renewed")
                        && !sessionId.equals(session.getStatus().getSessionId()),
                "Ready with another session than " + sessionId);
    }

    private MountSession until(Predicate<MountSession> wanted, String what) {
        return history()
                .await(
                        name,
                        session -> Kstatus.isTrue(session, "Ready")
                                && session.getStatus().getLastError() == null
                                && session.getMetadata()
                                        .getGeneration()
                                        .equals(session.getStatus().getObservedGeneration())
                                && wanted.test(session),
                        what,
                        ProblemPlay.PATIENCE);
    }

    @Override
    public ObjectHistory<MountSession> history() {
        return stage.sessions();
    }

    @Override
    public List<Event> events() {
        return scene.events(name);
    }

    /** Changes the published Secret behind the operator's back. */
    void editSecret(UnaryOperator<Secret> change) {
        Awaitility.await().ignoreException(KubernetesClientException.class).until(() -> {
            scene.secret(name).edit(change);
            return true;
        });
    }

    /** Somebody else's finalizer holds the Secret, which is being deleted. */
    void holdSecretInDeletion() {
        editSecret(secret -> {
            secret.getMetadata().setFinalizers(List.of("example.com/hold"));
            return secret;
        });
        scene.secret(name).delete();
    }

    void releaseSecret() {
        editSecret(secret -> {
            secret.getMetadata().setFinalizers(List.of());
            return secret;
        });
    }

    private String uuid() {
        try (Jedis redis = stage.world().redis().admin()) {
            Matcher uuid = UUID.matcher(redis.get(setting()));
            assertThat(uuid.find()).isTrue();
            return uuid.group(1);
        }
    }

    /** The volume's {@code setting} is gone, until it is {@linkplain #restoreVolume() restored}. */
    void loseVolume() {
        try (Jedis redis = stage.world().redis().admin()) {
            volume = redis.getDel(setting());
        }
    }

    /** Somebody else formatted over it. */
    void formatVolumeElsewhere() {
        try (Jedis redis = stage.world().redis().admin()) {
            volume = redis.get(setting());
            redis.set(setting(), volume.replace(uuid(), "f0e1d2c3-0000-4000-8000-000000000000"));
        }
    }

    void restoreVolume() {
        try (Jedis redis = stage.world().redis().admin()) {
            redis.set(setting(), volume);
        }
    }

    private String setting() {
        return workspace.remote().keyPrefix() + "setting";
    }
}
