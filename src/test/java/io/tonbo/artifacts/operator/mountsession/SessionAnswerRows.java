package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_NOT_JSON;
import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_TOO_LARGE;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORBIDDEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.INTERNAL_ERROR;
import static io.tonbo.artifacts.operator.problem.ProblemType.INVALID_REQUEST;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACL_PROVISIONING_FAILED;
import static io.tonbo.artifacts.operator.problem.ProblemType.ORCHESTRATOR_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.RATE_LIMITED;
import static io.tonbo.artifacts.operator.problem.ProblemType.REDIRECT_REFUSED;
import static io.tonbo.artifacts.operator.problem.ProblemType.SESSION_TOO_SHORT;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_CODE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_FOUND;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_REPLACED;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.OPEN_SESSION;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Standing;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What the orchestrator answers to the opening of a session; each heals once it answers as usual, without anybody's doing. */
final class SessionAnswerRows {
    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:1/login");

    private SessionAnswerRows() {}

    static List<SessionRow> all() {
        return List.of(
                answered("forbidden", FORBIDDEN, "forbidden", 403, Fault.code("forbidden")),
                row(
                        ProblemRow.<SessionPlay>of("invalid-request", INVALID_REQUEST)
                                .answered("invalid_request", 422)
                                .saying("ttl_seconds is too large"),
                        Fault.code("invalid_request", "ttl_seconds is too large")),
                answered("internal-error", INTERNAL_ERROR, "internal_error", 500, Fault.code("internal_error")),
                answered(
                        "no-acl",
                        METADATA_ACL_PROVISIONING_FAILED,
                        "metadata_acl_provisioning_failed",
                        500,
                        Fault.code("metadata_acl_provisioning_failed")),
                // It was opened all the same: none of those sessions may be left behind.
                answered(
                        "no-acl-told",
                        METADATA_ACL_PROVISIONING_FAILED,
                        "metadata_acl_provisioning_failed",
                        500,
                        Fault.of(FaultKind.ACL_FAILURE_AFTER_EFFECT)),
                answered("told-to-wait", RATE_LIMITED, "rate_limited", 429, Fault.rateLimited("2")),
                answered("told-to-slow-down", RATE_LIMITED, "rate_limited", 429, Fault.rateLimited(null)),
                answered("unknown-code", UNKNOWN_CODE, "tenant_exists", 409, Fault.unknownCode()),
                // The Workspace is there and active whoever asks again: then it is the answer that is reported.
                answered(
                        "not-found",
                        WORKSPACE_NOT_FOUND,
                        "workspace_not_found",
                        404,
                        Fault.code("workspace_not_found")),
                answered(
                                "not-active",
                                WORKSPACE_NOT_ACTIVE,
                                "workspace_not_active",
                                409,
                                Fault.code("workspace_not_active"))
                        .byReissue(),
                answered(
                        "other-id",
                        WORKSPACE_REPLACED,
                        "workspace_replaced",
                        409,
                        Fault.error(409, "workspace_replaced", "the workspace has another id")),
                row(ProblemRow.of("other-volume", WORKSPACE_REPLACED), Fault.of(FaultKind.REPLACED)),
                row(
                        ProblemRow.of("too-short", SESSION_TOO_SHORT),
                        Fault.of(FaultKind.SHORT_GRANT, Duration.ofSeconds(30))),
                answered("html", ANSWER_NOT_JSON, "answer_not_json", 200, Fault.html()),
                answered("truncated", ANSWER_NOT_JSON, "answer_truncated", 201, Fault.of(FaultKind.TRUNCATED)),
                answered("oversized", ANSWER_TOO_LARGE, "answer_too_large", 201, Fault.oversized(3_000_000)),
                answered("redirect", REDIRECT_REFUSED, "redirect_refused", 302, Fault.redirect(ELSEWHERE)));
    }

    /** What concerns all of an orchestrator at once: enough failures stop the calls of every object, as they should. */
    static List<SessionRow> ofAnOrchestratorThatDoesNot() {
        return List.of(
                answered("bad-gateway", ORCHESTRATOR_UNREACHABLE, "http_502", 502, Fault.gateway(502)),
                answered("gateway-timeout", ORCHESTRATOR_UNREACHABLE, "http_504", 504, Fault.gateway(504))
                        .byReissue(),
                answered(
                        "lost-request",
                        ORCHESTRATOR_UNREACHABLE,
                        "orchestrator_unreachable",
                        null,
                        Fault.of(FaultKind.LOST_REQUEST)),
                answered(
                        "lost-reply",
                        ORCHESTRATOR_UNREACHABLE,
                        "orchestrator_unreachable",
                        null,
                        Fault.of(FaultKind.LOST_REPLY)));
    }

    private static SessionRow answered(String name, ProblemType type, String code, Integer status, Fault fault) {
        return row(ProblemRow.<SessionPlay>of(name, type).answered(code, status), fault);
    }

    private static SessionRow row(ProblemRow<SessionPlay> row, Fault fault) {
        return SessionRow.both(soon(row), play -> play.workspace().fault(OPEN_SESSION, fault), play -> play.workspace()
                .noFaults());
    }

    /** Where somebody must act the next attempt is minutes away, and its success tells as much. */
    private static ProblemRow<SessionPlay> soon(ProblemRow<SessionPlay> row) {
        boolean soon = row.row().standing() == Standing.RECONCILING && row.type() != ORCHESTRATOR_UNREACHABLE;
        return soon ? row.tryingAgain(play -> play.workspace().calls(OPEN_SESSION)) : row;
    }
}
