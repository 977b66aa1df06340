package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** A Workspace and a MountSession of one name, with an account, keys and a bucket of their own. */
final class Life {
    private static final int TTL_SECONDS = 7200;
    private static final Pattern UUID = Pattern.compile("\"UUID\": ?\"([^\"]+)\"");

    private final ProblemStage stage;
    private final String name;
    private final ProblemPlay workspace;
    private final SessionScene sessions;

    Life(ProblemStage stage, String name) {
        this.stage = stage;
        this.name = name;
        workspace = new ProblemPlay(stage, name);
        sessions = new SessionScene(workspace.scene());
    }

    String name() {
        return name;
    }

    ProblemPlay workspace() {
        return workspace;
    }

    SessionScene sessions() {
        return sessions;
    }

    SandboxOrchestrator orchestrator() {
        return stage.world().orchestrator();
    }

    /** The Workspace is applied and Ready. */
    Workspace activeWorkspace() {
        workspace.prepare();
        workspace.apply();
        return workspace.untilReady();
    }

    /** The orchestrator does not answer, and the operator knows by another Workspace. */
    void orchestratorIsOut() {
        orchestrator().stopListening();
        workspace.applyAs(name + "-late", spec -> {});
        stage.history()
                .awaitAny(
                        name + "-late",
                        States.isTrue("Reconciling", "OrchestratorUnreachable")::test,
                        "in an outage",
                        ProblemPlay.PATIENCE);
    }

    /** A volume that the command line made is there, and its objects. */
    void volumeOfTheCommandLine() {
        workspace.prepare();
        String volume = workspace.madeByCli(CliProgress.ACTIVE).volumeName();
        try (Jedis redis = stage.world().redis().admin()) {
            Matcher uuid = UUID.matcher(redis.get(workspace.remote().keyPrefix() + "setting"));
            assertThat(uuid.find()).isTrue();
            workspace.put(volume, "juicefs_uuid", uuid.group(1));
        }
    }

    void applySession() {
        sessions.apply(name, name, spec -> spec.setTtlSeconds(TTL_SECONDS));
    }

    /** The MountSession is applied, beside a Workspace that is Ready, and Ready too. */
    MountSession publishedSession() {
        activeWorkspace();
        applySession();
        return session(States.isTrue("Ready"), "published");
    }

    /** A new credential is due, and not to be had. */
    void renewalFails(Fault fault) {
        workspace.fault(Operation.OPEN_SESSION, fault);
        sessions.renew(name);
    }

    /** A Pod runs with the published credential. */
    void podMounts() {
        try (ConsumerScene nodes = new ConsumerScene(sessions.client(), stage.namespace())) {
            nodes.pod(name, name);
            await().until(() -> nodes.isRunning(name));
        }
        // To the second is all that can be told of which was first, Pod or next credential.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    }

    /** The published credential ends: by the orchestrator's clock, which jumps and which the operator goes by. */
    void credentialEnds() {
        Instant end = sessions.get(name).getStatus().getExpiresAt();
        orchestrator()
                .behaviour()
                .clockOffset(Duration.between(Instant.now(), end).plusSeconds(1));
        sessions.annotate(name, ArtifactsApi.RECONCILE_REQUESTED_AT, "after-its-end");
    }

    Workspace workspace(Predicate<CustomResource<?, ?>> wanted, String what) {
        return stage.history().awaitAny(name, wanted::test, what, ProblemPlay.PATIENCE);
    }

    MountSession session(Predicate<CustomResource<?, ?>> wanted, String what) {
        return stage.sessions().awaitAny(name, wanted::test, what, ProblemPlay.PATIENCE);
    }
}
