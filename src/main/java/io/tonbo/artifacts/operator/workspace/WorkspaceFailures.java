package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * From what went wrong to a failed outcome: the catalogue's row, this object's facts for the hint, and when to try again.
 *
 * @param timings the waiting times
 * @param random spreads the waiting
 * @param orchestratorUrl the orchestrator's base URL, for hints
 * @param version this operator's version, for hints
 */
public record WorkspaceFailures(Timings timings, RandomGenerator random, String orchestratorUrl, String version) {

    static Problem problem(OrchestratorException e) {
        return Problem.ofAnswer(e.code(), e.httpStatus(), e.getMessage())
                .withRequestId(e.requestId())
                .withRetryAfter(e.retryAfter());
    }

    static Problem problem(BucketException e) {
        ProblemType type =
                switch (e.kind()) {
                    case UNAVAILABLE -> ProblemType.OBJECT_STORAGE_UNAVAILABLE;
                    case CHECK_FAILED -> ProblemType.OBJECT_STORAGE_TEST_FAILED;
                    default -> Problem.ofBucket(e.code(), e.httpStatus(), null).type();
                };
        return new Problem(type, e.code(), e.httpStatus(), e.getMessage(), Map.of(), null, null)
                .with(Fact.OPERATION, e.operation().word());
    }

    static Problem problem(MetadataException e) {
        ProblemType type =
                switch (e.kind()) {
                    case UNREACHABLE -> ProblemType.METADATA_UNREACHABLE;
                    case ACCESS_DENIED -> ProblemType.METADATA_ACCESS_DENIED;
                    case UNAVAILABLE -> ProblemType.METADATA_UNAVAILABLE;
                    case PROTOCOL -> ProblemType.METADATA_ANSWER_UNEXPECTED;
                };
        return Problem.of(type).withMessage(e.getMessage());
    }

    static Problem problem(EndpointNotAllowedException e) {
        return Problem.of(ProblemType.ENDPOINT_NOT_ALLOWED).withMessage(e.getMessage());
    }

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
        Map<String, String> facts = facts(view, remote);
        facts.put(
                Fact.FIRST_SEEN.placeholder(),
                failure.firstSeen()
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString());
        facts.put(
                Fact.REQUEST_ID.placeholder(),
                Optional.ofNullable(failure.firstRequestId()).orElse(""));
        String hint = problem.hint(facts, view.connectionSecret() == null);
        Duration next = next(failure, now);
        if (view.deleting()) {
            Duration left = leftToDelete(operation, failure.age(now));
            next = left.isNegative() || left.compareTo(next) > 0 ? next : left.plusMillis(1);
        }
        return new Outcome.Failed(failure, hint, keepReady, next);
    }

    private Duration next(Failure failure, Instant now) {
        Problem problem = failure.problem();
        Duration age = timings.unscale(failure.problemAge(now));
        Duration asked = problem.retryAfter() == null ? null : timings.unscale(problem.retryAfter());
        Duration next = timings.scale(problem.row().retry().nextDelay(failure.attempts(), age, asked, random));
        Duration grace = problem.row().grace();
        if (grace != null && age.compareTo(grace) < 0) {
            // Be there when it turns from "on its way" into "somebody must act".
            Duration left = timings.scale(grace.minus(age)).plusMillis(1);
            next = left.compareTo(next) < 0 ? left : next;
        }
        return next;
    }

    /** Be there when the time is up that a deletion waits. */
    private Duration leftToDelete(Operation operation, Duration age) {
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
        facts.put(Fact.ORCHESTRATOR_URL.placeholder(), orchestratorUrl);
        facts.put(Fact.VERSION.placeholder(), version);
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
