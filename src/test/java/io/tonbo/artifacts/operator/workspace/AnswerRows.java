package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_NOT_JSON;
import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_TOO_LARGE;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORBIDDEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORMAT_GRANT_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.INTERNAL_ERROR;
import static io.tonbo.artifacts.operator.problem.ProblemType.INVALID_REQUEST;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACL_PROVISIONING_FAILED;
import static io.tonbo.artifacts.operator.problem.ProblemType.RATE_LIMITED;
import static io.tonbo.artifacts.operator.problem.ProblemType.REDIRECT_REFUSED;
import static io.tonbo.artifacts.operator.problem.ProblemType.SETTING_KEY_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_CODE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_COMPLETABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_FOUND;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.CONFIRM;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What the orchestrator answers; each heals once it answers as usual, without anybody's doing. */
final class AnswerRows {
    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:1/login");

    private AnswerRows() {}

    static List<ProblemRow<ProblemPlay>> all() {
        return List.of(
                row("forbidden", FORBIDDEN, RESERVE, Fault.code("forbidden")).answered("forbidden", 403),
                row("invalid-request", INVALID_REQUEST, RESERVE, Fault.code("invalid_request", "name is reserved"))
                        .answered("invalid_request", 422)
                        .saying("name is reserved"),
                row("internal-error", INTERNAL_ERROR, RESERVE, Fault.code("internal_error"))
                        .answered("internal_error", 500),
                row("no-acl", METADATA_ACL_PROVISIONING_FAILED, RESERVE, Fault.code("metadata_acl_provisioning_failed"))
                        .answered("metadata_acl_provisioning_failed", 500),
                row(
                                "setting-elsewhere-newer",
                                SETTING_KEY_MISSING,
                                CONFIRM,
                                Fault.code("invalid_request", "no setting under the prefix"))
                        .answered("invalid_request", 422),
                row("not-completable", WORKSPACE_NOT_COMPLETABLE, CONFIRM, Fault.code("workspace_not_completable"))
                        .answered("workspace_not_completable", 409),
                row("not-active", WORKSPACE_NOT_ACTIVE, CONFIRM, Fault.code("workspace_not_active"))
                        .answered("workspace_not_active", 409),
                row("not-found", WORKSPACE_NOT_FOUND, CONFIRM, Fault.code("workspace_not_found"))
                        .answered("workspace_not_found", 404),
                row("no-grant", FORMAT_GRANT_MISSING, RESERVE, Fault.of(FaultKind.CONFLICT_WITHOUT_FORMAT))
                        .before(play -> {
                            play.madeByCli(CliProgress.RESERVED);
                            play.fault(RESERVE, Fault.of(FaultKind.CONFLICT_WITHOUT_FORMAT));
                        }),
                row(
                        "short-grant",
                        FORMAT_GRANT_MISSING,
                        RESERVE,
                        Fault.of(FaultKind.SHORT_GRANT, Duration.ofSeconds(30))),
                row("rate-limited", RATE_LIMITED, RESERVE, Fault.rateLimited("2"))
                        .answered("rate_limited", 429),
                row("unknown-code", UNKNOWN_CODE, RESERVE, Fault.unknownCode()).answered("tenant_exists", 409),
                row("html", ANSWER_NOT_JSON, RESERVE, Fault.html()).answered("answer_not_json", 200),
                // The first one was made all the same: every later answer that is cut short says so.
                row("truncated", ANSWER_NOT_JSON, RESERVE, Fault.of(FaultKind.TRUNCATED))
                        .answered("answer_truncated", 409),
                row("oversized", ANSWER_TOO_LARGE, RESERVE, Fault.oversized(3_000_000))
                        .answered("answer_too_large", 201),
                row("redirect", REDIRECT_REFUSED, RESERVE, Fault.redirect(ELSEWHERE))
                        .answered("redirect_refused", 302));
    }

    private static ProblemRow<ProblemPlay> row(String name, ProblemType type, Operation operation, Fault fault) {
        return ProblemRows.row(name, type)
                .before(play -> play.fault(operation, fault))
                .healedBy(ProblemPlay::noFaults)
                .tryingAgain(play -> play.calls(operation));
    }
}
