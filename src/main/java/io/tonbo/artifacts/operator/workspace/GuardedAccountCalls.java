package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.Caller;
import io.tonbo.artifacts.operator.connection.Connection;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.connection.RemoteCall;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.ReserveAnswer;
import io.tonbo.artifacts.operator.orchestrator.ReserveRequest;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import java.time.Duration;
import java.util.Optional;

/** {@link AccountCalls} through the breaker, the gate and the limiter. */
record GuardedAccountCalls(ReconcilerServices services, Connection connection, Caller caller, AccountListing listing)
        implements AccountCalls {

    private <T> T call(RemoteCall<T> call) throws OrchestratorException, NotNow {
        return services.orchestrator().call(connection, caller, call);
    }

    @Override
    public Duration serverAhead() {
        return services.orchestratorClient().serverTimeOffset().orElse(Duration.ZERO);
    }

    @Override
    public WorkspacePage list(String cursor, int limit) throws OrchestratorException, NotNow {
        return call((client, token) -> client.list(token, cursor, limit));
    }

    @Override
    public Optional<RemoteWorkspace> get(String handle, String name) throws OrchestratorException, NotNow {
        return call((client, token) -> client.get(token, handle, name));
    }

    @Override
    public ReserveAnswer reserve(ReserveRequest request, String idempotencyKey) throws OrchestratorException, NotNow {
        return call((client, token) -> client.reserve(token, request, idempotencyKey));
    }

    @Override
    public RemoteWorkspace confirmFormat(RemoteWorkspace workspace, String idempotencyKey)
            throws OrchestratorException, NotNow {
        return call((client, token) ->
                client.confirmFormat(token, workspace.handle(), workspace.name(), workspace.id(), idempotencyKey));
    }

    @Override
    public void delete(RemoteWorkspace workspace, String idempotencyKey) throws OrchestratorException, NotNow {
        call((client, token) -> {
            client.delete(token, workspace.handle(), workspace.name(), workspace.id(), idempotencyKey);
            return null;
        });
    }
}
