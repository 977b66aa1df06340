package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_IN_USE;
import static io.tonbo.artifacts.operator.problem.ProblemType.MOUNT_TARGET_TERMINATING;
import static io.tonbo.artifacts.operator.problem.ProblemType.SECRET_NOT_WRITABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.SECRET_RESTORED;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_TOO_SHORT;
import static io.tonbo.artifacts.operator.problem.ProblemType.SUSPENDED;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_ABSENT;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_READY;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NO_LONGER_ACTIVE;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.OPEN_SESSION;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.sandbox.kube.SecretBan;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What keeps a MountSession from its credential, in the cluster or with its Workspace. */
final class SessionTroubles {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final int AT_MOST = 10;
    private static final String OTHERS_FINALIZER = "example.com/hold";

    private SessionTroubles() {}

    static List<Script> all() {
        return List.of(
                Script.session(
                                SESSION_STORAGE_CREDENTIALS_MISSING,
                                "The Workspace is Ready; then it names another Secret with the bucket's keys, which does not exist.")
                        .by(SessionTroubles::keysElsewhere)
                        .followed("A good pair of keys is stored in that Secret.", stage -> stage.secrets()
                                .goodKeys()),
                Script.session(
                                WORKSPACE_NO_LONGER_ACTIVE,
                                "Somebody deleted the workspace that the MountSession is for.")
                        .by(stage -> {
                            stage.applyWorkspace();
                            stage.untilWorkspaceReady();
                            stage.admin().deleteRemotely(stage.id(), stage.id());
                            stage.look();
                            stage.untilWorkspaceSays("WorkspaceGone");
                            stage.applySession();
                        })
                        .followed("The MountSession and the Workspace are deleted and applied again.", stage -> {
                            stage.objects().deleteSession(stage.id());
                            stage.objects().deleteWorkspace(stage.id());
                            stage.applyWorkspace();
                            stage.applySession();
                        }),
                Script.session(MOUNT_TARGET_IN_USE, "A Secret of somebody else has the name of the one to publish.")
                        .before(stage -> stage.objects().create(stage.id(), Map.of("theirs", "value")))
                        .followed("That Secret is deleted.", stage -> stage.objects()
                                .deleteSecret(stage.id())),
                Script.session(
                                MOUNT_TARGET_TERMINATING,
                                "The published Secret was changed and deleted, and somebody's finalizer holds it.")
                        .by(SessionTroubles::holdSecret)
                        .elsewhere(
                                "Whoever put the finalizer there takes it off.",
                                stage -> TroubleObjects.dropFinalizers(
                                        stage.objects().secret(stage.id()))),
                Script.session(SECRET_NOT_WRITABLE, "An admission policy of the cluster refuses the Secret to publish.")
                        .before(SessionTroubles::banSecret)
                        .elsewhere("The cluster's administrator lifts the policy.", stage -> banOf(stage)
                                .lift())
                        .onRealKubernetesOnly(),
                Script.session(WORKSPACE_ABSENT, "The MountSession names a Workspace that does not exist.")
                        .by(TroubleStage::applySession)
                        .followed("The Workspace is applied.", TroubleStage::applyWorkspace),
                Script.session(
                                WORKSPACE_NOT_READY,
                                "The Workspace of the MountSession lacks the Secret with the bucket's keys.")
                        .before(stage ->
                                stage.objects().deleteSecret(stage.secrets().keysSecret()))
                        .followed(
                                "What the Workspace waits for is done: the Secret is stored.",
                                stage -> stage.secrets().goodKeys()),
                Script.session(SESSION_TOO_SHORT, "The orchestrator grants 30 seconds, whatever is asked for.")
                        .before(stage -> stage.remote().fault(OPEN_SESSION, Fault.of(FaultKind.SHORT_GRANT, SHORT)))
                        .elsewhere("The orchestrator grants what is asked for.", stage -> stage.remote()
                                .noFaults()),
                Script.session(
                                SECRET_RESTORED,
                                "Somebody deletes the published Secret, and again as soon as it is restored.")
                        .by(SessionTroubles::deleteSecretAgainAndAgain)
                        .passing("Nobody deletes it any more.", stage -> {}),
                Script.session(SUSPENDED, "The MountSession is suspended before its first credential.")
                        .by(stage -> {
                            stage.applyWorkspace();
                            stage.applySession(spec -> spec.setSuspend(true));
                        })
                        .followed(
                                "spec.suspend is set to false.",
                                stage -> stage.editSession(spec -> spec.setSuspend(false))));
    }

    private static void keysElsewhere(TroubleStage stage) throws InterruptedException {
        String first = stage.secrets().named("first-keys");
        stage.secrets().goodKeysIn(first);
        stage.objects().deleteSecret(stage.secrets().keysSecret());
        stage.applyWorkspace(spec -> spec.getStorage().setCredentialsSecretRef(new LocalSecretReference(first)));
        stage.untilWorkspaceReady();
        stage.editWorkspace(spec -> spec.getStorage()
                .setCredentialsSecretRef(
                        new LocalSecretReference(stage.secrets().keysSecret())));
        // Else the session might still be opened with the first keys.
        stage.untilWorkspaceSeen();
        stage.applySession();
    }

    private static void holdSecret(TroubleStage stage) throws InterruptedException {
        stage.applyWorkspace();
        stage.applySession();
        stage.untilSessionReady();
        var secret = stage.objects().secret(stage.id());
        stage.objects().edit(secret, published -> {
            published.getMetadata().setFinalizers(List.of(OTHERS_FINALIZER));
        });
        secret.delete();
        stage.objects().edit(secret, published -> published.getData().put("name", "bm90LW91cnM="));
        stage.look();
    }

    private static void banSecret(TroubleStage stage) throws InterruptedException {
        SecretBan ban = banOf(stage);
        stage.onClear(ban::lift);
        ban.put();
        Waiting.until("an admission policy that is heeded", ban::isHeeded);
    }

    private static SecretBan banOf(TroubleStage stage) {
        return new SecretBan(stage.objects().client(), stage.objects().namespace(), stage.id());
    }

    private static void deleteSecretAgainAndAgain(TroubleStage stage) throws InterruptedException {
        stage.applyWorkspace();
        stage.applySession();
        String restored = stage.untilSessionReady();
        for (int times = 0; times < AT_MOST && restored != null; times++) {
            stage.objects().deleteSecret(stage.id());
            stage.look();
            restored = stage.untilSessionReadyOrSays(restored, "SecretRestored");
        }
    }
}
