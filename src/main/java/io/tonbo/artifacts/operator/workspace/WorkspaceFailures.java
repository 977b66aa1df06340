package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.FailureOutcomes;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From what went wrong to a failed outcome of a Workspace: the catalogue's row, this object's facts for the hint, and when to
 * try again.
 *
 * @param outcomes what every failed outcome has
 */
record WorkspaceFailures(FailureOutcomes outcomes) {
    private static final int MOST_NAMED = 5;

    /**
     * @param holder the object of the same namespace that holds the remote workspace, or null
     */
    static Problem heldBy(String holder) {
        Problem held = Problem.of(ProblemType.WORKSPACE_HELD_BY_ANOTHER).with(Fact.HOLDER, holder);
        return holder == null
                ? held
                : held.withMessage(
                        "Workspace " + holder + " of this namespace already stands for the remote workspace.");
    }

    /**
     * @param sessions names of the MountSessions that refer to the Workspace
     */
    static Problem usedBy(List<String> sessions) {
        String named = sessions.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = sessions.size() - MOST_NAMED;
        String users = more > 0 ? named + " and " + more + " more" : named;
        return Problem.of(ProblemType.IN_USE)
                .withMessage("MountSessions refer to this Workspace: " + users)
                .with(Fact.USERS, users);
    }

    /**
     * @param view the object
     * @param memory its history
     * @param operation what failed
     * @param problem how
     * @param remote the remote workspace as far as known, or null
     * @param keepReady whether Ready stays as it is
     * @param now the time
     * @return the outcome
     */
    Outcome.Failed failed(
            WorkspaceView view,
            WorkspaceMemory memory,
            Operation operation,
            Problem problem,
            RemoteWorkspace remote,
            boolean keepReady,
            Instant now) {
        Failure failure = memory.failures().failed(operation.name(), problem, now);
        String hint = outcomes.hint(failure, facts(view, remote), view.connectionSecret() == null);
        Duration next = outcomes.next(failure, now);
        if (view.deleting()) {
            Duration left = leftToDelete(operation, failure.age(now));
            next = left.isNegative() || left.compareTo(next) > 0 ? next : left.plusMillis(1);
        }
        return new Outcome.Failed(failure, hint, keepReady, next);
    }

    /** Be there when the time is up that a deletion waits. */
    private Duration leftToDelete(Operation operation, Duration age) {
        Timings timings = outcomes.timings();
        Duration bound =
                operation == Operation.CONNECT ? timings.deletionWithoutConnection() : timings.deletionInOutage();
        return bound.minus(age);
    }

    private static String signingRegion(WorkspaceView view) {
        try {
            return view.bucketAddress().signingRegion();
        } catch (EndpointNotAllowedException e) {
            return view.storage().getRegion();
        }
    }

    private Map<String, String> facts(WorkspaceView view, RemoteWorkspace remote) {
        Map<String, String> facts = new HashMap<>();
        facts.put(Fact.NAMESPACE.placeholder(), view.namespace());
        facts.put(Fact.NAME.placeholder(), view.objectName());
        facts.put(Fact.RESOURCE.placeholder(), "workspaces.artifacts.tonbo.io");
        facts.put(Fact.WORKSPACE.placeholder(), view.objectName());
        facts.put(Fact.SPEC_NAME.placeholder(), view.name());
        facts.put(Fact.KEYS.placeholder(), view.keysSecret());
        facts.put(Fact.BUCKET.placeholder(), view.storage().getBucket());
        facts.put(Fact.ENDPOINT.placeholder(), view.storage().getEndpoint());
        facts.put(Fact.REGION.placeholder(), signingRegion(view));
        putIfKnown(facts, Fact.CONNECTION, view.connectionSecret());
        putIfKnown(facts, Fact.ADDRESS, view.status().getAddress());
        putIfKnown(facts, Fact.WORKSPACE_ID, view.recordedId());
        putIfKnown(facts, Fact.VOLUME, view.status().getVolumeName());
        if (remote != null) {
            facts.put(Fact.ADDRESS.placeholder(), WorkspaceView.address(remote));
            putIfKnown(facts, Fact.VOLUME, remote.volumeName());
            putIfKnown(facts, Fact.STATE, remote.status());
            putIfKnown(facts, Fact.EXISTING, existing(remote));
            putIfKnown(facts, Fact.DIFFERENCES, view.differences(remote));
        }
        return facts;
    }

    private static String existing(RemoteWorkspace remote) {
        String where = remote.storage() == null
                ? ""
                : " in bucket " + remote.storage().bucket() + " at "
                        + remote.storage().endpoint();
        return "state " + remote.status() + where;
    }

    private static void putIfKnown(Map<String, String> facts, Fact fact, String value) {
        if (value != null && !value.isBlank()) {
            facts.put(fact.placeholder(), value);
        }
    }
}
