package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;

/**
 * Everything the format table looks at: a reserved workspace that may be formatted for this object.
 *
 * @param grant the format grant at hand
 * @param grantFresh the grant was issued in this pass, so asking again brings nothing better
 * @param metadataProblem why the {@code setting} could not be read with this grant, or null
 * @param storageProblem the keys are absent, or the endpoint is refused; null when both are good
 * @param setting what the metadata's {@code setting} key says
 * @param adopt {@code spec.adoptionPolicy} is Adopt
 * @param sameVolume the foreign setting names this workspace's volume and this bucket
 * @param proven the bucket's {@code juicefs_uuid} is the foreign setting's, read with this object's own keys
 * @param probed whether the bucket probe passed
 * @param bucketProblem how the bucket probe failed, or null
 * @param prefixFree nothing but ours lies under the volume's prefix in the bucket
 */
public record FormatObservation(
        Grant grant,
        boolean grantFresh,
        ProblemType metadataProblem,
        ProblemType storageProblem,
        Setting setting,
        boolean adopt,
        boolean sameVolume,
        Known proven,
        Known probed,
        ProblemType bucketProblem,
        Known prefixFree) {

    /** The format grant at hand. */
    public enum Grant {
        /** None was asked for in this pass, and none is left from an earlier one. */
        NOT_FETCHED,
        /** The orchestrator answered {@code pending_format} without one. */
        MISSING,
        /** It ends in less than 60 s. */
        SHORT,
        /** It is good for at least 60 s. */
        USABLE
    }
}
