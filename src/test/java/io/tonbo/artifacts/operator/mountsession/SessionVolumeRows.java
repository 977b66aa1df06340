package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_CLOCK_SKEW;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_INVALID_ACCESS_KEY;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_NOT_FOUND;
import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_SIGNATURE_MISMATCH;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ANSWER_UNEXPECTED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNAVAILABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.OBJECT_STORAGE_TEST_FAILED;
import static io.tonbo.artifacts.operator.problem.ProblemType.OBJECT_STORAGE_UNAVAILABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_VOLUME_FOREIGN;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.OPEN_SESSION;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import java.util.List;
import java.util.function.Consumer;

/** What a session that was opened meets when it is tried on its volume, before anybody else gets it. */
final class SessionVolumeRows {
    private SessionVolumeRows() {}

    static List<SessionRow> all() {
        return List.of(
                faulty(ProblemRow.of("metadata-cut", METADATA_UNREACHABLE), ProblemPlay::cutMetadata),
                faulty(
                        ProblemRow.<SessionPlay>of("metadata-loading", METADATA_UNAVAILABLE)
                                .saying("cannot serve now: LOADING"),
                        ProblemPlay::loadMetadata),
                faulty(denied("wrong-password"), play -> play.fault(OPEN_SESSION, Fault.of(FaultKind.WRONG_PASSWORD))),
                faulty(denied("dead-user"), play -> play.fault(OPEN_SESSION, Fault.of(FaultKind.DEAD_USER))),
                SessionRow.both(
                        ProblemRow.<SessionPlay>of("no-setting", METADATA_ANSWER_UNEXPECTED)
                                .saying("there is no setting under its key prefix"),
                        SessionPlay::loseVolume,
                        SessionPlay::restoreVolume),
                SessionRow.both(
                        ProblemRow.of("formatted-over", SESSION_VOLUME_FOREIGN),
                        SessionPlay::formatVolumeElsewhere,
                        SessionPlay::restoreVolume),
                bucket("bucket-denied", BUCKET_ACCESS_DENIED, 403, "AccessDenied"),
                bucket("bucket-gone", BUCKET_NOT_FOUND, 404, "NoSuchBucket"),
                bucket("unknown-key", BUCKET_INVALID_ACCESS_KEY, 403, "InvalidAccessKeyId"),
                bucket("wrong-secret", BUCKET_SIGNATURE_MISMATCH, 403, "SignatureDoesNotMatch"),
                bucket("clock", BUCKET_CLOCK_SKEW, 403, "RequestTimeTooSkewed"),
                bucket("slow-down", OBJECT_STORAGE_UNAVAILABLE, 503, "SlowDown"),
                bucket("not-implemented", OBJECT_STORAGE_TEST_FAILED, 501, "NotImplemented"));
    }

    private static SessionRow faulty(ProblemRow<SessionPlay> row, Consumer<ProblemPlay> arrange) {
        return SessionRow.both(row, play -> arrange.accept(play.workspace()), play -> play.workspace()
                .noFaults());
    }

    /** Two refusals end a session; the next one is no new beginning. */
    private static ProblemRow<SessionPlay> denied(String name) {
        return ProblemRow.<SessionPlay>of(name, METADATA_ACCESS_DENIED)
                .tryingAgain(play -> play.workspace().calls(OPEN_SESSION));
    }

    /** Whose an adopted volume is, its bucket tells. */
    private static SessionRow bucket(String name, ProblemType type, int status, String code) {
        return SessionRow.ofAnAdopted(
                ProblemRow.<SessionPlay>of(name, type).answered(code, status),
                play -> play.workspace().bucketFault(S3Action.GET, new S3Effect.Answered(status, code)),
                play -> play.workspace().noBucketFaults());
    }
}
