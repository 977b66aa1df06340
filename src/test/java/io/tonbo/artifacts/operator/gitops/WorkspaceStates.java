package io.tonbo.artifacts.operator.gitops;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import java.util.stream.Stream;

/** The life of a Workspace. */
final class WorkspaceStates {
    private WorkspaceStates() {}

    static Stream<LifeState> all() {
        return Stream.of(coming(), ready(), stalled(), going()).flatMap(states -> states);
    }

    private static LifeState state(String name, String health, String kstatus, String reason, LifeState.Way way) {
        return new LifeState("Workspace", name, health, kstatus, reason, way);
    }

    private static Stream<LifeState> coming() {
        return Stream.of(
                state("progressing_applied", "Progressing", "InProgress", null, life -> {
                    life.activeWorkspace();
                    return life.workspace(States::applied, "applied");
                }),
                state("progressing_secretMissing", "Progressing", "InProgress", "ConnectionSecretMissing", life -> {
                    life.workspace().goodKeys();
                    life.workspace().apply();
                    return life.workspace(
                            States.isTrue("Reconciling", "ConnectionSecretMissing"), "waiting for its Secret");
                }),
                state("progressing_formatting", "Progressing", "InProgress", "Formatting", life -> {
                    life.activeWorkspace();
                    return life.workspace(States.isTrue("Reconciling", "Formatting"), "being formatted");
                }),
                state(
                        "progressing_orchestratorUnreachable",
                        "Progressing",
                        "InProgress",
                        "OrchestratorUnreachable",
                        life -> {
                            life.workspace().prepare();
                            life.orchestrator().stopListening();
                            life.workspace().apply();
                            return life.workspace(
                                    States.isTrue("Reconciling", "OrchestratorUnreachable"), "in an outage");
                        }),
                state("suspended_fromTheStart", "Suspended", "InProgress", "Suspended", life -> {
                    life.workspace().prepare();
                    life.workspace().apply(spec -> spec.setSuspend(true));
                    return life.workspace(States.reason("Ready", "Suspended"), "suspended");
                }));
    }

    private static Stream<LifeState> ready() {
        return Stream.of(
                state("healthy_active", "Healthy", "Current", "Active", Life::activeWorkspace),
                state("healthy_adopted", "Healthy", "Current", "Active", life -> {
                    life.volumeOfTheCommandLine();
                    life.workspace().apply(spec -> spec.setAdoptionPolicy(AdoptionPolicy.ADOPT));
                    return life.workspace().untilReady();
                }),
                state("healthy_orchestratorUnreachable", "Healthy", "Current", "Active", life -> {
                    life.activeWorkspace();
                    life.orchestratorIsOut();
                    return life.workspace().scene().get(life.name());
                }),
                state("progressing_specChanged", "Progressing", "InProgress", "Active", life -> {
                    life.activeWorkspace();
                    life.workspace().edit(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                    return life.workspace(States::changed, "changed");
                }),
                state("suspended_active", "Suspended", "Current", "Active", life -> {
                    life.activeWorkspace();
                    life.workspace().edit(spec -> spec.setSuspend(true));
                    return life.workspace(
                            States.isTrue("Ready", "Active").and(States.ofGeneration(2)), "suspended when active");
                }));
    }

    private static Stream<LifeState> stalled() {
        return Stream.of(
                state("degraded_secretMissing", "Degraded", "Failed", "ConnectionSecretMissing", life -> {
                    life.workspace().goodKeys();
                    life.workspace().apply();
                    return life.workspace(States.isTrue("Stalled", "ConnectionSecretMissing"), "without a Secret");
                }),
                state("degraded_bucketNotFound", "Degraded", "Failed", "BucketNotFound", life -> {
                    life.workspace().prepare();
                    life.workspace().apply(spec -> spec.getStorage().setBucket("no-such-bucket"));
                    return life.workspace(States.isTrue("Stalled", "BucketNotFound"), "without a bucket");
                }),
                state("degraded_workspaceExists", "Degraded", "Failed", "WorkspaceExists", life -> {
                    life.volumeOfTheCommandLine();
                    life.workspace().apply();
                    return life.workspace(States.isTrue("Stalled", "WorkspaceExists"), "of a name that is taken");
                }),
                state("degraded_unauthorized", "Degraded", "Failed", "Unauthorized", life -> {
                    life.activeWorkspace();
                    life.workspace().revokeToken();
                    life.workspace().askToLook();
                    return life.workspace(States.isTrue("Stalled", "Unauthorized"), "with a token that was revoked");
                }),
                state("degraded_workspaceGone", "Degraded", "Failed", "WorkspaceGone", life -> {
                    life.activeWorkspace();
                    life.orchestrator().admin().deleteRemotely(life.name(), life.name());
                    life.workspace().askToLook();
                    return life.workspace(States.isTrue("Stalled", "WorkspaceGone"), "deleted at Tonbo");
                }));
    }

    private static Stream<LifeState> going() {
        return Stream.of(
                state("deleting_inUse", "Progressing", "Terminating", "InUse", life -> {
                    life.publishedSession();
                    life.workspace().delete();
                    return life.workspace(States.reason("Reconciling", "InUse"), "waiting for its MountSession");
                }),
                state("deleting_blocked", "Progressing", "Terminating", "DeletionBlocked", life -> {
                    life.workspace().prepare();
                    life.workspace().apply(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                    life.workspace().untilReady();
                    life.workspace().revokeToken();
                    life.workspace().token("no-token-any-more");
                    life.workspace().delete();
                    return life.workspace(States.isTrue("Stalled", "DeletionBlocked"), "held up");
                }));
    }
}
