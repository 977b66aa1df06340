package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.Comparator;
import java.util.List;

/**
 * What the cluster says around one MountSession.
 *
 * @param client the operator's client
 * @param workspace the Workspace that it names
 * @param claimants the MountSessions of its namespace that publish under its Secret's name, itself included
 * @param sessions how many MountSessions there are
 */
record SessionSurroundings(
        KubernetesClient client, ServedWorkspace workspace, List<MountSession> claimants, long sessions) {
    private static final Comparator<SessionView> BY_AGE =
            Comparator.comparing(SessionView::created).thenComparing(SessionView::uid);

    /**
     * @return name of an older live MountSession that publishes under the same name, or null
     */
    String olderClaim(SessionView view) {
        return claimants.stream()
                .map(SessionView::new)
                .filter(other -> !other.uid().equals(view.uid()) && !other.deleting())
                .filter(other -> BY_AGE.compare(other, view) < 0)
                .min(BY_AGE)
                .map(SessionView::name)
                .orElse(null);
    }

    /**
     * @return the object as the API server has it now; null when it is gone, or another one has its name
     */
    MountSession live(SessionView view) {
        MountSession live = client.resources(MountSession.class)
                .inNamespace(view.namespace())
                .withName(view.name())
                .get();
        return live != null && view.uid().equals(live.getMetadata().getUid()) ? live : null;
    }

    boolean isReady(SessionView view) {
        return view.status().getConditions().stream()
                .anyMatch(condition -> ConditionType.READY.equals(condition.getType())
                        && condition.getStatus() == ConditionStatus.TRUE);
    }

    /** What is in the way in the cluster, in words. */
    Problem described(ProblemType type, SessionView view, PublishedSecret secret, WorkspaceUse use) {
        Problem problem = Problem.of(type);
        return switch (type) {
            case MOUNT_TARGET_IN_USE -> {
                String older = olderClaim(view);
                String owner =
                        secret == null && older != null ? "MountSession " + older + ", which is older" : secret.owner();
                yield problem.withMessage("Secret " + view.secretName() + " belongs to " + owner + ".")
                        .with(Fact.OWNER, owner);
            }
            case WORKSPACE_NO_LONGER_ACTIVE, WORKSPACE_NOT_ACTIVE -> {
                String state = use == workspace.use() ? workspace.state() : "gone or being deleted";
                yield problem.with(Fact.STATE, state);
            }
            default -> problem;
        };
    }
}
