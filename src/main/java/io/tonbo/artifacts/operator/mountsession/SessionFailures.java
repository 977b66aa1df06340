package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.reconcile.FailureOutcomes;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Outcome.ReadyMeanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * From what went wrong to a failed outcome of a MountSession: the catalogue's row, this object's facts for the hint, and when to
 * try again.
 *
 * @param outcomes what every failed outcome has
 */
record SessionFailures(FailureOutcomes outcomes) {

    /**
     * @param view the object
     * @param workspace its Workspace
     * @param memory its history
     * @param operation what failed
     * @param problem how
     * @param verdict what Ready and Renewed say
     * @param worksUntil when the published credential ends; null when none is valid
     * @param now the time
     * @return the outcome
     */
    Outcome.Failed failed(
            SessionView view,
            ServedWorkspace workspace,
            SessionMemory memory,
            SessionOperation operation,
            Problem problem,
            Verdict verdict,
            Instant worksUntil,
            Instant now) {
        Failure failure = memory.failures().failed(operation.name(), problem, now);
        boolean shared = workspace.exists() && workspace.connectionSecret() == null;
        String hint = outcomes.hint(failure, facts(view, workspace), shared);
        Duration next = outcomes.next(failure, now);
        if (view.deleting()) {
            next = sooner(next, leftToDelete(operation, failure.age(now)));
            return new Outcome.Failed(failure, hint, ReadyMeanwhile.FALSE, null, null, next);
        }
        boolean valid = verdict.ready() == Verdict.State.TRUE;
        return new Outcome.Failed(
                failure,
                hint,
                valid ? ReadyMeanwhile.APART : ReadyMeanwhile.FALSE,
                verdict.renewed() == Verdict.State.FALSE ? ConditionType.RENEWED : null,
                valid && worksUntil != null ? "The published credential works until " + worksUntil + "." : null,
                next);
    }

    /** Be there when the time is up that a deletion waits. */
    private Duration leftToDelete(SessionOperation operation, Duration age) {
        Duration bound = operation == SessionOperation.CONNECT
                ? outcomes.timings().sessionDeletionWithoutConnection()
                : outcomes.timings().deletionInOutage();
        return bound.minus(age);
    }

    private static Duration sooner(Duration next, Duration left) {
        return left.isNegative() || left.compareTo(next) > 0 ? next : left.plusMillis(1);
    }

    private static Map<String, String> facts(SessionView view, ServedWorkspace workspace) {
        Map<String, String> facts = new HashMap<>();
        facts.put(Fact.NAMESPACE.placeholder(), view.namespace());
        facts.put(Fact.NAME.placeholder(), view.name());
        facts.put(Fact.RESOURCE.placeholder(), "mountsessions.artifacts.tonbo.io");
        facts.put(Fact.WORKSPACE.placeholder(), view.workspaceName());
        facts.put(Fact.TARGET_KIND.placeholder(), "Secret");
        facts.put(Fact.TARGET.placeholder(), view.secretName());
        if (!workspace.exists()) {
            return facts;
        }
        facts.put(Fact.SPEC_NAME.placeholder(), workspace.remoteName());
        facts.put(Fact.KEYS.placeholder(), workspace.keysSecret());
        putIfKnown(facts, Fact.CONNECTION, workspace.connectionSecret());
        putIfKnown(facts, Fact.ADDRESS, workspace.address());
        putIfKnown(facts, Fact.WORKSPACE_ID, workspace.id());
        putIfKnown(facts, Fact.VOLUME, workspace.volumeName());
        FormattedStorage storage = workspace.storage();
        if (storage != null) {
            facts.put(Fact.BUCKET.placeholder(), storage.getBucket());
            facts.put(Fact.ENDPOINT.placeholder(), storage.getEndpoint());
            facts.put(Fact.REGION.placeholder(), signingRegion(workspace));
        }
        return facts;
    }

    private static String signingRegion(ServedWorkspace workspace) {
        try {
            return workspace.bucketAddress().signingRegion();
        } catch (EndpointNotAllowedException e) {
            return workspace.storage().getRegion();
        }
    }

    private static void putIfKnown(Map<String, String> facts, Fact fact, String value) {
        if (value != null && !value.isBlank()) {
            facts.put(fact.placeholder(), value);
        }
    }
}
