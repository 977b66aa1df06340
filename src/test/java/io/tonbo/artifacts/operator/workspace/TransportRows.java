package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.ORCHESTRATOR_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_NAME_STILL_DELETED;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour.Tombstones;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.util.List;

/**
 * What concerns all of an orchestrator at once, and so is not played together with the rest: it does not answer, where enough
 * failures stop the calls of every object, as they should; or it never gives a deleted workspace's name free.
 */
final class TransportRows {
    private TransportRows() {}

    static List<ProblemRow<ProblemPlay>> all() {
        return List.of(
                row("bad-gateway", Fault.gateway(502)).answered("http_502", 502),
                row("gateway-timeout", Fault.gateway(504)).answered("http_504", 504),
                row("lost-request", Fault.of(FaultKind.LOST_REQUEST)).answered("orchestrator_unreachable", null),
                row("lost-reply", Fault.of(FaultKind.LOST_REPLY)).answered("orchestrator_unreachable", null),
                ProblemRows.row("name-kept", WORKSPACE_NAME_STILL_DELETED)
                        .before(play -> {
                            play.world().orchestrator().behaviour().tombstones(Tombstones.KEEP_THE_NAME);
                            play.madeByCli(CliProgress.ACTIVE);
                            play.admin().forceState(play.name(), play.name(), WorkspaceState.DELETED);
                        })
                        .healedBy(
                                play -> play.world().orchestrator().behaviour().tombstones(Tombstones.HIDDEN)));
    }

    private static ProblemRow<ProblemPlay> row(String name, Fault fault) {
        return ProblemRows.row(name, ORCHESTRATOR_UNREACHABLE)
                .before(play -> play.fault(RESERVE, fault))
                .healedBy(ProblemPlay::noFaults);
    }
}
