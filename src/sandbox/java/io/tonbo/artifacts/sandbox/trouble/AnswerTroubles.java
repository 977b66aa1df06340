package io.tonbo.artifacts.sandbox.trouble;

import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_NOT_JSON;
import static io.tonbo.artifacts.operator.problem.ProblemType.ANSWER_TOO_LARGE;
import static io.tonbo.artifacts.operator.problem.ProblemType.INTERNAL_ERROR;
import static io.tonbo.artifacts.operator.problem.ProblemType.INVALID_REQUEST;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACL_PROVISIONING_FAILED;
import static io.tonbo.artifacts.operator.problem.ProblemType.ORCHESTRATOR_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.RATE_LIMITED;
import static io.tonbo.artifacts.operator.problem.ProblemType.REDIRECT_REFUSED;
import static io.tonbo.artifacts.operator.problem.ProblemType.SETTING_KEY_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_CODE;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_STATE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_ACTIVE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_COMPLETABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NOT_FOUND;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.ANY;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.CONFIRM;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.net.URI;
import java.util.List;

/** What the orchestrator answers, or does not. */
final class AnswerTroubles {
    private static final URI LOGIN_PAGE = URI.create("http://127.0.0.1:1/login");
    private static final int LARGE = 3_000_000;
    private static final int AN_HOUR = 3600;

    private static final String RESERVING = " when the workspace is reserved.";
    private static final String COMPLETING = " when the format is to be completed.";
    private static final String AS_USUAL = "The orchestrator answers as usual again.";
    private static final String RIGHT_PLACE = "The orchestrator itself answers at its address again.";

    private AnswerTroubles() {}

    static List<Script> all() {
        return List.of(
                passing(WORKSPACE_NOT_FOUND, CONFIRM, Fault.code("workspace_not_found"), "workspace_not_found"),
                passing(WORKSPACE_NOT_ACTIVE, CONFIRM, Fault.code("workspace_not_active"), "workspace_not_active"),
                passing(
                        WORKSPACE_NOT_COMPLETABLE,
                        CONFIRM,
                        Fault.code("workspace_not_completable"),
                        "workspace_not_completable"),
                passing(SETTING_KEY_MISSING, CONFIRM, Fault.code("setting_key_missing"), "setting_key_missing"),
                passing(
                        METADATA_ACL_PROVISIONING_FAILED,
                        RESERVE,
                        Fault.code("metadata_acl_provisioning_failed"),
                        "metadata_acl_provisioning_failed"),
                Script.session(INVALID_REQUEST, "A MountSession asks for 30 days, more than the orchestrator grants.")
                        .by(stage -> {
                            stage.applyWorkspace();
                            stage.applySession(spec -> spec.setTtlSeconds(MountSessionSpec.MAX_TTL_SECONDS));
                        })
                        .followed(
                                "spec.ttlSeconds is set to an hour.",
                                stage -> stage.editSession(spec -> spec.setTtlSeconds(AN_HOUR))),
                passing(INTERNAL_ERROR, RESERVE, Fault.code("internal_error"), "internal_error"),
                passing(RATE_LIMITED, RESERVE, Fault.rateLimited("2"), "HTTP 429"),
                elsewhere(
                        UNKNOWN_CODE,
                        RESERVE,
                        Fault.unknownCode(),
                        "The orchestrator answers with a code that nobody has documented",
                        AS_USUAL),
                Script.workspace(
                                UNKNOWN_STATE,
                                "The orchestrator shows the workspace in a state that is new to the operator.")
                        .before(stage -> stage.remote().fault(ANY, Fault.of(FaultKind.UNKNOWN_STATE, "hibernating")))
                        .passing("The orchestrator shows a state that is known.", stage -> stage.remote()
                                .noFaults()),
                Script.workspace(
                                ORCHESTRATOR_UNREACHABLE,
                                "A gateway answers HTTP 502 in the orchestrator's place" + RESERVING)
                        .before(stage -> stage.remote().fault(RESERVE, Fault.gateway(502)))
                        .passing("The orchestrator is back.", stage -> stage.remote()
                                .noFaults()),
                elsewhere(
                        ANSWER_TOO_LARGE,
                        RESERVE,
                        Fault.oversized(LARGE),
                        "The orchestrator's answer is 3 MB long",
                        RIGHT_PLACE),
                elsewhere(
                        REDIRECT_REFUSED,
                        RESERVE,
                        Fault.redirect(LOGIN_PAGE),
                        "The orchestrator's address redirects to a login page",
                        RIGHT_PLACE),
                elsewhere(
                        ANSWER_NOT_JSON,
                        RESERVE,
                        Fault.html(),
                        "A web page is answered in the orchestrator's place",
                        RIGHT_PLACE));
    }

    private static Script passing(ProblemType type, Operation operation, Fault fault, String answer) {
        String when = operation == CONFIRM ? COMPLETING : RESERVING;
        return faulty(type, operation, fault, "The orchestrator answers " + answer + when)
                .passing(AS_USUAL, stage -> stage.remote().noFaults());
    }

    private static Script elsewhere(ProblemType type, Operation operation, Fault fault, String cause, String remedy) {
        return faulty(type, operation, fault, cause + RESERVING)
                .elsewhere(remedy, stage -> stage.remote().noFaults());
    }

    private static Script faulty(ProblemType type, Operation operation, Fault fault, String cause) {
        return Script.workspace(type, cause).before(stage -> stage.remote().fault(operation, fault));
    }
}
