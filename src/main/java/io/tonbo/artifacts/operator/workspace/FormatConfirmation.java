package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.Outcome;
import java.net.HttpURLConnection;
import java.util.Optional;

/** The last step of a create: tells the orchestrator that the volume is formatted, and reads its answer. */
final class FormatConfirmation {
    private final WorkspacePass pass;
    private final WorkspaceMemory memory;
    private boolean lookedAgain;

    FormatConfirmation(WorkspacePass pass, WorkspaceMemory memory) {
        this.pass = pass;
        this.memory = memory;
    }

    /**
     * @return the failure, or empty to look again
     */
    Optional<Outcome> send() throws NotNow {
        pass.doing(Operation.CONFIRM);
        try {
            pass.remote().confirmFormat(pass.now());
            pass.succeeded(Operation.CONFIRM);
            pass.succeeded(Operation.FORMAT);
            return Optional.empty();
        } catch (OrchestratorException e) {
            return refused(e);
        }
    }

    private Optional<Outcome> refused(OrchestratorException e) {
        boolean stateChanged =
                e.httpStatus() == HttpURLConnection.HTTP_CONFLICT || e.httpStatus() == HttpURLConnection.HTTP_NOT_FOUND;
        if (stateChanged && !lookedAgain) {
            lookedAgain = true;
            pass.found().forgetRemote();
            return Optional.empty();
        }
        memory.dropGrant();
        Problem problem = RemoteProblems.of(e);
        // What newer servers say on this endpoint instead of setting_key_missing.
        boolean sayingItAnew = problem.type() == ProblemType.INVALID_REQUEST;
        return Optional.of(
                pass.failed(Operation.CONFIRM, sayingItAnew ? problem.as(ProblemType.SETTING_KEY_MISSING) : problem));
    }
}
