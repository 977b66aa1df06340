package io.tonbo.artifacts.operator.reconcile;

import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.Map;

/** What a remote part's refusal is in the catalogue. */
public final class RemoteProblems {
    private RemoteProblems() {}

    /**
     * @param e the orchestrator's answer, or why there was none
     * @return the problem, with what hints need of it
     */
    public static Problem of(OrchestratorException e) {
        return Problem.ofAnswer(e.code(), e.httpStatus(), e.getMessage())
                .withRequestId(e.requestId())
                .withRetryAfter(e.retryAfter());
    }

    /**
     * @param e the bucket's answer, or why there was none
     * @return the problem, with what hints need of it
     */
    public static Problem of(BucketException e) {
        ProblemType type =
                switch (e.kind()) {
                    case UNAVAILABLE -> ProblemType.OBJECT_STORAGE_UNAVAILABLE;
                    case CHECK_FAILED -> ProblemType.OBJECT_STORAGE_TEST_FAILED;
                    default -> Problem.ofBucket(e.code(), e.httpStatus(), null).type();
                };
        return new Problem(type, e.code(), e.httpStatus(), e.getMessage(), Map.of(), null, null)
                .with(Fact.OPERATION, e.operation().word());
    }

    /**
     * @param e the metadata Redis' answer, or why there was none
     * @return the problem
     */
    public static Problem of(MetadataException e) {
        ProblemType type =
                switch (e.kind()) {
                    case UNREACHABLE -> ProblemType.METADATA_UNREACHABLE;
                    case ACCESS_DENIED -> ProblemType.METADATA_ACCESS_DENIED;
                    case UNAVAILABLE -> ProblemType.METADATA_UNAVAILABLE;
                    case PROTOCOL -> ProblemType.METADATA_ANSWER_UNEXPECTED;
                };
        return Problem.of(type).withMessage(e.getMessage());
    }

    /**
     * @param e why a bucket's endpoint is not connected to
     * @return the problem
     */
    public static Problem of(EndpointNotAllowedException e) {
        return Problem.of(ProblemType.ENDPOINT_NOT_ALLOWED).withMessage(e.getMessage());
    }
}
