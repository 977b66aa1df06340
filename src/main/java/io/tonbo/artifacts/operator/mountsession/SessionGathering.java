package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.connection.Caller;
import io.tonbo.artifacts.operator.connection.Connection;
import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.SecretData;
import io.tonbo.artifacts.operator.connection.SecretReadException;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ConnectionProblems;
import io.tonbo.artifacts.operator.reconcile.NamespaceEnd;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;

/** One pass' gathering of what the table asks for first: the Secret, the connection, the bucket's keys. */
final class SessionGathering {
    private final ReconcilerServices services;
    private final SecretStore store;
    private final SessionView view;
    private final ServedWorkspace workspace;
    private final SessionMemory memory;
    private final SessionFindings found;
    private SessionCalls calls;
    private Instant expiry;
    private boolean gathered;

    SessionGathering(
            ReconcilerServices services,
            SessionView view,
            ServedWorkspace workspace,
            SessionMemory memory,
            SessionFindings found) {
        this.services = services;
        this.store = new SecretStore(services.client());
        this.view = view;
        this.workspace = workspace;
        this.memory = memory;
        this.found = found;
    }

    SecretStore store() {
        return store;
    }

    /** The orchestrator, while there is no connection problem. */
    SessionCalls calls() {
        return calls;
    }

    void gather(Instant now) {
        if (view.deleting() && view.abandoned()) {
            // It is let go at once, whatever the API server says.
            return;
        }
        if (!found.looked) {
            found.see(published().orElse(null), view.uid());
            found.looked = true;
            memory.saw(found.secret(), now);
        }
        if (!gathered) {
            gathered = true;
            if (view.lookRequested() && workspace.exists()) {
                // Whoever asks has just changed something, and does not want to hear of minutes ago.
                services.forget(view.namespace(), workspace.keysSecret(), workspace.connectionSecret());
            }
            connect();
            if (workspace.storage() != null) {
                readKeys();
            }
        }
    }

    /**
     * With a namespace that is deleted goes the operator's right to read in it, where it has that by a binding in it. The Secret
     * goes as well, and what it was about is in the status.
     */
    private Optional<Secret> published() {
        try {
            return store.read(view.namespace(), view.secretName());
        } catch (KubernetesClientException e) {
            boolean forbidden = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
            if (forbidden && view.deleting() && new NamespaceEnd(services.client()).terminating(view.namespace())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void connect() {
        Optional<Connection> connection = Optional.empty();
        Problem problem = Problem.of(ProblemType.CONNECTION_SECRET_MISSING)
                .withMessage("Workspace " + view.workspaceName()
                        + " does not exist, so nobody knows by which connection to end its sessions");
        if (workspace.exists()) {
            ConnectionState state =
                    services.connections().resolve(view.namespace(), workspace.connectionSecret(), Freshness.SETTLED);
            problem = ConnectionProblems.of(state);
            if (state instanceof ConnectionState.Available available) {
                connection = Optional.of(available.connection());
            }
        }
        if (connection.isEmpty() && view.deleting()) {
            // A namespace that is deleted loses its Secrets first.
            connection = services.lastTokens().get(view.uid());
        }
        if (connection.isEmpty()) {
            found.connectionProblem = problem;
            return;
        }
        found.token = connection.get().token();
        expiry = found.token.expiry().orElse(null);
        boolean renewal = view.status().getSessionId() != null;
        Caller caller = view.deleting() || renewal ? Caller.urgent(view.uid()) : Caller.ordinary(view.uid());
        calls = new SessionCalls(services, connection.get(), caller);
    }

    /** The orchestrator refuses the token: that is what is wrong with the connection. */
    void tokenRefused(Problem refusal) {
        found.connectionProblem = ConnectionProblems.withExpiry(refusal, expiry);
    }

    private void readKeys() {
        String name = workspace.keysSecret();
        try {
            found.address = workspace.bucketAddress();
            Optional<StorageCredentials> read = credentials(name, Freshness.SETTLED);
            if (read.isPresent() && read.get().keys().isEmpty()) {
                read = credentials(name, Freshness.BLOCKED);
            }
            if (read.isPresent() && read.get().keys().isPresent()) {
                found.keys = read.get().keys().get();
            } else {
                found.keysProblem = ConnectionProblems.withoutKeys(
                        ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING, name, read.orElse(null));
            }
        } catch (EndpointNotAllowedException e) {
            found.keysProblem = RemoteProblems.of(e);
        } catch (SecretReadException e) {
            found.keysProblem = ConnectionProblems.unreadable(
                    ProblemType.STORAGE_CREDENTIALS_UNREADABLE, name, e.kind() == SecretReadException.Kind.FORBIDDEN);
        }
    }

    private Optional<StorageCredentials> credentials(String name, Freshness freshness) throws SecretReadException {
        return services.secrets()
                .get(view.namespace(), name, freshness)
                .map(SecretData::values)
                .map(StorageCredentials::of);
    }
}
