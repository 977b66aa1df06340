package io.tonbo.artifacts.operator.gitops;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The life of a MountSession. */
final class MountSessionStates {
    private static final Predicate<CustomResource<?, ?>> PUBLISHED = States.isTrue("Ready", "CredentialPublished");

    private MountSessionStates() {}

    static Stream<LifeState> all() {
        return Stream.of(coming(), ready(), stalled(), going(), ended()).flatMap(states -> states);
    }

    private static LifeState state(String name, String health, String kstatus, String reason, LifeState.Way way) {
        return new LifeState("MountSession", name, health, kstatus, reason, way);
    }

    private static Stream<LifeState> coming() {
        return Stream.of(
                state("progressing_applied", "Progressing", "InProgress", null, life -> {
                    life.publishedSession();
                    return life.session(States::applied, "applied");
                }),
                state("progressing_workspaceNotReady", "Progressing", "InProgress", "WorkspaceNotReady", life -> {
                    life.applySession();
                    return life.session(States.isTrue("Reconciling", "WorkspaceNotReady"), "ahead of its Workspace");
                }),
                state("progressing_internalError", "Progressing", "InProgress", "OrchestratorInternalError", life -> {
                    life.activeWorkspace();
                    life.workspace().fault(Operation.OPEN_SESSION, Fault.code("internal_error"));
                    life.applySession();
                    return life.session(
                            States.isTrue("Reconciling", "OrchestratorInternalError"), "waiting for the orchestrator");
                }),
                state("suspended_fromTheStart", "Suspended", "InProgress", "Suspended", life -> {
                    life.activeWorkspace();
                    life.sessions().apply(life.name(), life.name(), spec -> spec.setSuspend(true));
                    return life.session(States.reason("Ready", "Suspended"), "suspended");
                }));
    }

    private static Stream<LifeState> ready() {
        return Stream.of(
                state("healthy_published", "Healthy", "Current", "CredentialPublished", Life::publishedSession),
                state("healthy_renewed", "Healthy", "Current", "CredentialPublished", life -> {
                    life.publishedSession();
                    life.sessions().renew(life.name());
                    return life.session(PUBLISHED.and(MountSessionStates::overlaps), "renewed");
                }),
                state("healthy_renewalBlocked", "Healthy", "Current", "CredentialPublished", life -> {
                    life.publishedSession();
                    life.renewalFails(Fault.code("forbidden"));
                    return life.session(PUBLISHED.and(States.reason("Renewed", "Forbidden")), "refused a renewal");
                }),
                state("healthy_olderCredentialInUse", "Healthy", "Current", "CredentialPublished", life -> {
                    life.publishedSession();
                    life.podMounts();
                    life.sessions().renew(life.name());
                    return life.session(
                            PUBLISHED.and(States.reason("ConsumersCurrent", "OlderCredentialInUse")),
                            "ahead of a running Pod");
                }),
                state("progressing_specChanged", "Progressing", "InProgress", "CredentialPublished", life -> {
                    life.publishedSession();
                    life.sessions().renew(life.name());
                    return life.session(States::changed, "changed");
                }),
                state("suspended_published", "Suspended", "Current", "CredentialPublished", life -> {
                    life.publishedSession();
                    life.sessions().edit(life.name(), spec -> spec.setSuspend(true));
                    return life.session(PUBLISHED.and(States.ofGeneration(2)), "suspended when published");
                }));
    }

    private static boolean overlaps(CustomResource<?, ?> object) {
        return object instanceof MountSession session
                && !session.getStatus().getPreviousSessions().isEmpty();
    }

    private static boolean isNotReady(CustomResource<?, ?> object) {
        return !Kstatus.isTrue(object, "Ready");
    }

    private static Stream<LifeState> stalled() {
        return Stream.of(
                state("degraded_secretTaken", "Degraded", "Failed", "MountTargetInUse", life -> {
                    life.activeWorkspace();
                    life.workspace().scene().secret(life.name(), Map.of("theirs", "value"));
                    life.applySession();
                    return life.session(States.isTrue("Stalled", "MountTargetInUse"), "without a name for its Secret");
                }),
                state("degraded_forbidden", "Degraded", "Failed", "Forbidden", life -> {
                    life.activeWorkspace();
                    life.workspace().fault(Operation.OPEN_SESSION, Fault.code("forbidden"));
                    life.applySession();
                    return life.session(States.isTrue("Stalled", "Forbidden"), "refused");
                }));
    }

    private static Stream<LifeState> going() {
        return Stream.of(
                state("deleting_notRevoked", "Progressing", "Terminating", "OrchestratorInternalError", life -> {
                    life.publishedSession();
                    life.workspace().fault(Operation.CLOSE_SESSION, Fault.code("internal_error"));
                    life.sessions().delete(life.name());
                    return life.session(States.isTrue("Reconciling", "OrchestratorInternalError"), "not revoked yet");
                }));
    }

    /** Last, since the orchestrator's clock jumps for all. */
    private static Stream<LifeState> ended() {
        return Stream.of(
                state("progressing_expired", "Progressing", "InProgress", "OrchestratorInternalError", life -> {
                    life.publishedSession();
                    life.renewalFails(Fault.code("internal_error"));
                    life.session(States.reason("Renewed", "OrchestratorInternalError"), "failing to be renewed");
                    life.credentialEnds();
                    return life.session(
                            States.isTrue("Reconciling", "OrchestratorInternalError")
                                    .and(MountSessionStates::isNotReady),
                            "expired");
                }),
                state("degraded_expired", "Degraded", "Failed", "Forbidden", life -> {
                    life.publishedSession();
                    life.renewalFails(Fault.code("forbidden"));
                    life.session(States.reason("Renewed", "Forbidden"), "refused a renewal");
                    life.credentialEnds();
                    return life.session(States.isTrue("Stalled", "Forbidden"), "expired and refused");
                }));
    }
}
