package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.connection.Caller;
import io.tonbo.artifacts.operator.connection.Connection;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.OpenedSession;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.SessionRequest;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import java.util.Optional;

/**
 * The orchestrator for one MountSession: with its Workspace's token, within the account's budget. Nothing here waits.
 *
 * @param services what the reconciler works with
 * @param connection whose account
 * @param caller on whose behalf, and how urgent
 */
record SessionCalls(ReconcilerServices services, Connection connection, Caller caller) {

    OpenedSession open(ServedWorkspace workspace, SessionRequest request, String idempotencyKey)
            throws OrchestratorException, NotNow {
        return services.orchestrator()
                .call(
                        connection,
                        caller,
                        (client, token) -> client.openSession(
                                token, workspace.handle(), workspace.remoteName(), request, idempotencyKey));
    }

    void close(String sessionId) throws OrchestratorException, NotNow {
        services.orchestrator().call(connection, caller, (client, token) -> {
            client.closeSession(token, sessionId);
            return null;
        });
    }

    Optional<RemoteWorkspace> workspace(ServedWorkspace workspace) throws OrchestratorException, NotNow {
        return services.orchestrator()
                .call(
                        connection,
                        caller,
                        (client, token) -> client.get(token, workspace.handle(), workspace.remoteName()));
    }
}
