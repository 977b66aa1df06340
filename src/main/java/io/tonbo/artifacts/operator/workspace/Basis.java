package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.SecretData;
import io.tonbo.artifacts.operator.connection.SecretReadException;

/**
 * What a failure rests on, besides what is remote: while none of it changes, an attempt before its time would fail the same
 * way. Once any of it does, the wait is over.
 *
 * @param services where Secrets and tokens are read
 */
record Basis(WorkspaceServices services) {

    String of(WorkspaceView view) {
        return String.join(
                "|",
                Long.toString(view.generation()),
                Boolean.toString(view.deleting()),
                Boolean.toString(view.abandoned()),
                // Nothing holds up the end of a namespace for long.
                Boolean.toString(
                        view.deleting() && WorkspaceSurroundings.terminating(services.client(), view.namespace())),
                String.valueOf(view.requestedAt()),
                connection(view),
                keys(view));
    }

    private String connection(WorkspaceView view) {
        ConnectionState state =
                services.connections().resolve(view.namespace(), view.connectionSecret(), Freshness.BLOCKED);
        if (state instanceof ConnectionState.Available available) {
            return available.connection().token().hash();
        }
        // The gate's times move by themselves.
        return state instanceof ConnectionState.Gated ? "gated" : state.toString();
    }

    private String keys(WorkspaceView view) {
        try {
            return services.secrets()
                    .get(view.namespace(), view.keysSecret(), Freshness.BLOCKED)
                    .map(SecretData::resourceVersion)
                    .orElse("absent");
        } catch (SecretReadException e) {
            return e.kind().name();
        }
    }
}
