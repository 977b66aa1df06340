package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_IN_USE;
import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_TERMINATING;
import static io.tonbo.artifacts.operator.problem.ProblemType.SECRET_NOT_WRITABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_ABSENT;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_READY;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NO_LONGER_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_TERMINATING;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.ANY;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.kube.SecretBan;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is in the way in the cluster: the Secret's place, and the Workspace. */
final class SessionClusterRows {
    private SessionClusterRows() {}

    static List<SessionRow> all() {
        return List.of(
                SessionRow.once(of("taken", MOUNT_TARGET_IN_USE)
                        .saying("Secret taken belongs to")
                        .by(play -> {
                            play.activeWorkspace();
                            play.workspace().scene().secret("taken", Map.of("theirs", "value"));
                            play.apply();
                        })
                        .healedBy(play -> play.workspace().dropSecret(""))),
                SessionRow.once(of("younger", MOUNT_TARGET_IN_USE)
                        .saying("belongs to MountSession older, which is older")
                        .by(play -> {
                            play.activeWorkspace();
                            play.scene().apply("older", "no-such-workspace", spec -> spec.setSecretName("younger"));
                            // Times of creation have whole seconds.
                            await().until(() ->
                                    play.scene().condition("older", "Stalled").isPresent());
                            play.apply();
                        })
                        .healedBy(play -> play.scene().delete("older"))),
                SessionRow.once(of("taken-over", MOUNT_TARGET_IN_USE)
                        .by(play -> onceReady(
                                play,
                                () -> play.editSecret(secret -> {
                                    secret.getMetadata().setOwnerReferences(List.of());
                                    secret.getMetadata().setAnnotations(Map.of());
                                    return secret;
                                })))
                        .healedBy(play -> play.workspace().dropSecret(""))),
                SessionRow.once(of("held-and-changed", MOUNT_TARGET_TERMINATING)
                        .by(play -> onceReady(play, () -> {
                            play.holdSecretInDeletion();
                            play.editSecret(secret -> {
                                Map<String, String> data = new HashMap<>(secret.getData());
                                data.put("name", "bm90LW91cnM=");
                                secret.setData(data);
                                return secret;
                            });
                        }))
                        .healedBy(SessionPlay::releaseSecret)),
                SessionRow.renewing(
                        of("held", MOUNT_TARGET_TERMINATING),
                        SessionPlay::holdSecretInDeletion,
                        SessionPlay::releaseSecret),
                SessionRow.both(of("not-writable", SECRET_NOT_WRITABLE), SessionClusterRows::ban, play -> banOf(play)
                        .lift()),
                SessionRow.once(
                        of("absent", WORKSPACE_ABSENT).by(SessionPlay::apply).healedBy(play -> play.workspace()
                                .apply())),
                SessionRow.renewing(
                        of("abandoned", WORKSPACE_ABSENT), SessionClusterRows::abandon, SessionPlay::applyAdopting),
                SessionRow.once(of("not-ready", WORKSPACE_NOT_READY)
                        .by(play -> {
                            play.workspace().dropSecret("-keys");
                            play.workspace().apply();
                            play.apply();
                        })
                        .healedBy(play -> play.workspace().goodKeys())),
                SessionRow.renewing(
                        of("pending-again", WORKSPACE_NOT_READY),
                        play -> {
                            play.loseVolume();
                            play.workspace()
                                    .admin()
                                    .forceState(play.name(), play.name(), WorkspaceState.PENDING_FORMAT);
                            untilWorkspaceSays(play, "WorkspaceStateUnexpected");
                        },
                        play -> {
                            play.restoreVolume();
                            play.workspace().admin().forceState(play.name(), play.name(), WorkspaceState.ACTIVE);
                        }),
                SessionRow.once(of("terminating", WORKSPACE_TERMINATING)
                        .by(play -> {
                            play.activeWorkspace();
                            play.scene().apply("user", play.name());
                            play.scene().untilReady("user");
                            play.workspace().delete();
                            untilWorkspaceSays(play, "InUse");
                            play.apply();
                        })
                        .goneBy(play -> {
                            play.scene().delete(play.name());
                            play.scene().delete("user");
                        })),
                SessionRow.once(of("gone-before", WORKSPACE_NO_LONGER_ACTIVE)
                        .by(play -> {
                            play.activeWorkspace();
                            vanish(play);
                            untilWorkspaceSays(play, "WorkspaceGone");
                            play.apply();
                        })
                        .healedBy(play -> play.workspace().noFaults())),
                // Its credential is void: nothing is left to be Ready.
                SessionRow.once(of("gone-beneath", WORKSPACE_NO_LONGER_ACTIVE)
                        .by(play -> onceReady(play, () -> vanish(play)))
                        .healedBy(play -> play.workspace().noFaults())));
    }

    private static void ban(SessionPlay play) {
        SecretBan ban = banOf(play);
        ban.put();
        await().until(ban::isHeeded);
    }

    private static SecretBan banOf(SessionPlay play) {
        return new SecretBan(play.scene().client(), play.scene().namespace(), play.name());
    }

    private static ProblemRow<SessionPlay> of(String name, ProblemType type) {
        return ProblemRow.of(name, type);
    }

    private static void onceReady(SessionPlay play, Runnable happens) {
        play.activeWorkspace();
        play.apply();
        play.untilReady();
        happens.run();
    }

    private static void vanish(SessionPlay play) {
        play.workspace().fault(ANY, Fault.of(FaultKind.TOMBSTONE));
    }

    private static void abandon(SessionPlay play) {
        play.workspace().annotate(ArtifactsApi.ABANDON, "true");
        play.workspace().delete();
        play.workspace().history().awaitGone(play.name(), ProblemPlay.PATIENCE);
    }

    private static void untilWorkspaceSays(SessionPlay play, String reason) {
        play.workspace()
                .history()
                .await(
                        play.name(),
                        workspace -> Kstatus.lastError(workspace) != null
                                && Kstatus.lastError(workspace).getReason().equals(reason),
                        reason,
                        ProblemPlay.PATIENCE);
    }
}
