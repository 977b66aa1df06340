package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Each permission's own story. */
final class PermissionStories {
    private static final String WORKSPACES = "workspaces.artifacts.tonbo.io";
    private static final String SESSIONS = "mountsessions.artifacts.tonbo.io";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** With it the shortest wait after a refusal is minutes: nothing comes right by itself. */
    private static final double SLOW = 100;

    /** With it an object in a namespace that is going waits for a good token for less than a second. */
    private static final double FAST = 0.005;

    private PermissionStories() {}

    static List<PermissionStory> all() {
        List<PermissionStory> all = new ArrayList<>();
        for (String kind : List.of(WORKSPACES, SESSIONS)) {
            all.add(seen("list", kind));
            all.add(seen("watch", kind));
        }
        all.addAll(ofWorkspaces());
        all.addAll(ofMountSessions());
        all.addAll(ofSecrets());
        all.addAll(ConsumerPermissionStories.all());
        all.addAll(LeasePermissionStories.all());
        all.add(told());
        all.add(letGoWithItsNamespace());
        return all;
    }

    /** What cannot be seen is not worked on by half: the operator ends, and says why. */
    private static PermissionStory seen(String verb, String kind) {
        String why = verb.equals("watch") ? "watch=true. Message: Forbidden" : kind + " is forbidden";
        return new PermissionStory(
                verb + " " + kind,
                stage -> assertThat(stage.operatorEnds()).hasStackTraceContaining(why),
                PermissionStage::sessionIsReady);
    }

    private static List<PermissionStory> ofWorkspaces() {
        return List.of(
                new PermissionStory(
                        "patch " + WORKSPACES,
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsApplied();
                            stage.logSays(WORKSPACES, "cannot patch resource");
                            assertThat(stage.workspaces()
                                            .get(stage.name())
                                            .getMetadata()
                                            .getFinalizers())
                                    .isEmpty();
                            assertThat(stage.asked(Operation.RESERVE)).isZero();
                        },
                        stage -> stage.workspaces().untilReady(stage.name())),
                new PermissionStory(
                        "patch " + WORKSPACES + "/status",
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsApplied();
                            stage.logSaysForbidden("Workspace");
                            assertThat(stage.workspaces()
                                            .get(stage.name())
                                            .getStatus()
                                            .getConditions())
                                    .isEmpty();
                        },
                        stage -> stage.workspaces().untilReady(stage.name())),
                // Read once more, right before the volume is said to be formatted.
                new PermissionStory(
                        "get " + WORKSPACES,
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsApplied();
                            stage.logSaysForbidden("Workspace");
                            assertThat(stage.workspaces().isTrue(stage.name(), "Ready"))
                                    .isFalse();
                            assertThat(stage.asked(Operation.CONFIRM)).isZero();
                        },
                        stage -> stage.workspaces().untilReady(stage.name())));
    }

    private static List<PermissionStory> ofMountSessions() {
        return List.of(
                new PermissionStory(
                        "patch " + SESSIONS,
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsReady();
                            stage.sessionIsApplied();
                            stage.logSays(SESSIONS, "cannot patch resource");
                            assertThat(stage.sessions()
                                            .get(stage.name())
                                            .getMetadata()
                                            .getFinalizers())
                                    .isEmpty();
                            assertThat(stage.asked(Operation.OPEN_SESSION)).isZero();
                        },
                        stage -> stage.sessions().untilReady(stage.name())),
                new PermissionStory(
                        "patch " + SESSIONS + "/status",
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsReady();
                            stage.sessionIsApplied();
                            stage.logSaysForbidden("MountSession");
                            assertThat(stage.sessions()
                                            .get(stage.name())
                                            .getStatus()
                                            .getConditions())
                                    .isEmpty();
                        },
                        stage -> stage.sessions().untilReady(stage.name())),
                // Read anew when it changed while its status was decided on.
                new PermissionStory(
                        "get " + SESSIONS,
                        stage -> {
                            stage.operatorStarts(SLOW);
                            stage.workspaceIsReady();
                            stage.kube().refuse(call -> call.changesStatusOf("mountsessions"), 409, 1);
                            stage.sessionIsApplied();
                            stage.logSaysForbidden("MountSession");
                            stage.staysSo(() -> stage.sessions()
                                    .condition(stage.name(), "Ready")
                                    .isEmpty());
                        },
                        stage -> {
                            stage.kube().refuse(call -> call.changesStatusOf("mountsessions"), 409, 1);
                            stage.sessions().lookAgain(stage.name());
                            stage.sessions().untilReady(stage.name());
                        }));
    }

    private static List<PermissionStory> ofSecrets() {
        return List.of(
                new PermissionStory(
                        "get secrets",
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsApplied();
                            stage.workspaces().untilReconciling(stage.name(), "ConnectionSecretUnreadable");
                            assertThat(stage.workspaces()
                                            .get(stage.name())
                                            .getStatus()
                                            .getLastError()
                                            .getMessage())
                                    .contains("may not be read by the operator (RBAC: get secrets)");
                        },
                        stage -> stage.workspaces().untilReady(stage.name())),
                new PermissionStory(
                        "create secrets",
                        stage -> {
                            stage.operatorStarts();
                            stage.workspaceIsReady();
                            stage.sessionIsApplied();
                            untilNotWritable(stage, "writing Secret");
                            assertThat(stage.sessions().data(stage.name())).isEmpty();
                        },
                        stage -> {
                            stage.sessions().untilReady(stage.name());
                            assertThat(stage.sessions().data(stage.name())).containsKey("metaurl");
                        }),
                new PermissionStory(
                        "update secrets",
                        stage -> {
                            stage.sessionIsReady();
                            String before = stage.sessions().data(stage.name()).get("metaurl");
                            stage.sessions().renew(stage.name());
                            untilNotWritable(stage, "writing Secret");
                            assertThat(stage.sessions().data(stage.name())).containsEntry("metaurl", before);
                        },
                        stage -> await().atMost(PATIENCE)
                                .until(() -> stage.sessions()
                                                .get(stage.name())
                                                .getStatus()
                                                .getLastError()
                                        == null)),
                new PermissionStory(
                        "delete secrets",
                        stage -> {
                            stage.sessionIsReady();
                            stage.sessions().delete(stage.name());
                            stage.sessions().untilGone(stage.name());
                            await().atMost(PATIENCE).untilAsserted(() -> assertThat(reasons(stage))
                                    .contains("SecretNotDeleted"));
                        },
                        stage -> {
                            String another = stage.name() + "-2";
                            stage.sessions().apply(another, stage.name());
                            stage.sessions().untilReady(another);
                            stage.sessions().delete(another);
                            stage.sessions().untilGone(another);
                            assertThat(stage.sessions().data(another)).isEmpty();
                            assertThat(stage.sessions().events(another))
                                    .extracting(Event::getReason)
                                    .contains("Revoked")
                                    .doesNotContain("SecretNotDeleted");
                        }));
    }

    private static void untilNotWritable(PermissionStage stage, String doing) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            LastError error = stage.sessions().get(stage.name()).getStatus().getLastError();
            assertThat(error).isNotNull();
            assertThat(error.getReason()).isEqualTo("SecretNotWritable");
            assertThat(error.getMessage()).contains(doing, "the API server answered HTTP 403");
        });
    }

    private static List<String> reasons(PermissionStage stage) {
        return stage.sessions().events(stage.name()).stream()
                .map(Event::getReason)
                .toList();
    }

    /** All goes well, but nobody is told. */
    private static PermissionStory told() {
        return new PermissionStory(
                "create events.events.k8s.io",
                stage -> {
                    stage.sessionIsReady();
                    stage.logSays("was not recorded", "cannot create resource");
                    assertThat(stage.workspaces().events(stage.name())).isEmpty();
                    assertThat(stage.sessions().events(stage.name())).isEmpty();
                },
                stage -> {
                    stage.sessionIsRenewed();
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(reasons(stage)).contains("CredentialRenewed"));
                });
    }

    /** A token that is no good is waited for, unless the namespace is going. */
    private static PermissionStory letGoWithItsNamespace() {
        return new PermissionStory(
                "get namespaces",
                stage -> {
                    stage.operatorStarts(FAST);
                    stage.workspaceIsReady();
                    stage.tokenIsRevoked();
                    stage.namespace().delete();
                    stage.namespace().untilSecretsAreGone();
                    stage.staysSo(() -> !stage.workspaces()
                            .get(stage.name())
                            .getMetadata()
                            .getFinalizers()
                            .isEmpty());
                },
                stage -> {
                    stage.namespace().untilGone(() -> stage.workspaces().get(stage.name()));
                    assertThat(stage.namespace().lastWords(stage.name()))
                            .extracting(Event::getReason)
                            .contains("LeftBehind");
                });
    }
}
