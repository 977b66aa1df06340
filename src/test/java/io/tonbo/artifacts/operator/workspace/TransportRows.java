package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.ORCHESTRATOR_UNREACHABLE;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import java.util.List;

/**
 * The orchestrator does not answer. With others than those of {@link AnswerRows}: enough of these stop the calls of every
 * object, as they should.
 */
final class TransportRows {
    private TransportRows() {}

    static List<ProblemRow> all() {
        return List.of(
                row("bad-gateway", Fault.gateway(502)).answered("http_502", 502),
                row("gateway-timeout", Fault.gateway(504)).answered("http_504", 504),
                row("lost-request", Fault.of(FaultKind.LOST_REQUEST)).answered("orchestrator_unreachable", null),
                row("lost-reply", Fault.of(FaultKind.LOST_REPLY)).answered("orchestrator_unreachable", null));
    }

    private static ProblemRow row(String name, Fault fault) {
        return ProblemRow.of(name, ORCHESTRATOR_UNREACHABLE)
                .before(play -> play.fault(RESERVE, fault))
                .healedBy(ProblemPlay::noFaults);
    }
}
