package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;

/**
 * One call of the client.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface RemoteCall<T> {
    /**
     * @param client the client, for one call
     * @param token the token to make it with
     * @return the answer
     * @throws OrchestratorException as the client throws it
     */
    T on(OrchestratorClient client, BearerToken token) throws OrchestratorException;
}
