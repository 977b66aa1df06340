package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.ReserveAnswer;
import io.tonbo.artifacts.operator.orchestrator.ReserveRequest;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import java.time.Duration;
import java.util.Optional;

/** The orchestrator for one Workspace: with its token, within its account's budget. Nothing here waits. */
interface AccountCalls {
    /** What the account owns, shared by all of its Workspaces. */
    AccountListing listing();

    /** How far the server's clock is ahead of ours. */
    Duration serverAhead();

    WorkspacePage list(String cursor, int limit) throws OrchestratorException, NotNow;

    Optional<RemoteWorkspace> get(String handle, String name) throws OrchestratorException, NotNow;

    ReserveAnswer reserve(ReserveRequest request, String idempotencyKey) throws OrchestratorException, NotNow;

    RemoteWorkspace confirmFormat(RemoteWorkspace workspace, String idempotencyKey)
            throws OrchestratorException, NotNow;

    void delete(RemoteWorkspace workspace, String idempotencyKey) throws OrchestratorException, NotNow;
}
