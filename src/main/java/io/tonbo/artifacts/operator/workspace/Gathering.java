package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.Caller;
import io.tonbo.artifacts.operator.connection.Connection;
import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.connection.SecretData;
import io.tonbo.artifacts.operator.connection.SecretReadException;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ConnectionProblems;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One pass' gathering of what the table asks for first: the connection, and what the orchestrator has. */
final class Gathering {
    private final ReconcilerServices services;
    private final WorkspaceMemory memory;
    private final Findings found;
    private final AccountListings listings;
    private WorkspaceView view;
    private RemoteSteps remote;
    private Problem connectionProblem;
    private boolean connected;
    private boolean heeded;
    private Instant expiry;
    private Operation underWay = Operation.OBSERVE;

    Gathering(
            ReconcilerServices services,
            WorkspaceView view,
            WorkspaceMemory memory,
            Findings found,
            AccountListings listings) {
        this.services = services;
        this.view = view;
        this.memory = memory;
        this.found = found;
        this.listings = listings;
    }

    /** Our own write made a newer version of the same object. */
    void sees(WorkspaceView newer) {
        view = newer;
        if (remote != null) {
            remote.sees(newer);
        }
    }

    RemoteSteps remote() {
        return remote;
    }

    Problem connectionProblem() {
        return connectionProblem;
    }

    Duration serverAhead() {
        return remote == null ? Duration.ZERO : remote.serverAhead();
    }

    /** What a call that fails was for. */
    Operation underWay() {
        return underWay;
    }

    void doing(Operation operation) {
        underWay = operation;
    }

    void gather(Instant now) throws NotNow {
        if (!connected) {
            connect();
        }
        if (connectionProblem != null || found.looked || found.remoteProblem != null) {
            return;
        }
        observe(() -> remote.look(now));
    }

    /** Asks for this one workspace, where what the shared list says must not be trusted. */
    void confirm(Instant now) throws NotNow {
        observe(() -> remote.confirm(now));
    }

    private interface Look {
        void at() throws OrchestratorException, NotNow;
    }

    private void observe(Look look) throws NotNow {
        doing(Operation.OBSERVE);
        try {
            look.at();
            memory.failures().succeeded(Operation.CONNECT.name());
            memory.failures().succeeded(Operation.OBSERVE.name());
        } catch (OrchestratorException e) {
            Problem problem = RemoteProblems.of(e);
            refused(problem);
            if (WorkspaceObserver.isConnectionProblem(problem.type())) {
                found.remoteProblem = null;
                connectionProblem = withExpiry(problem);
            }
        } catch (NotNow e) {
            notNow(e);
        }
    }

    /** What was under way is refused: known again is only that. */
    void refused(Problem problem) {
        found.forgetRemote();
        found.remoteProblem = problem;
        found.remoteOperation = underWay;
    }

    /** What stops every call is for the table to judge: a deletion, say, does not wait for ever. */
    private void notNow(NotNow e) throws NotNow {
        switch (e.why()) {
            case ORCHESTRATOR_OUT -> {
                found.forgetRemote();
                found.remoteProblem = Problem.of(ProblemType.ORCHESTRATOR_UNREACHABLE);
                found.remoteOperation = Operation.OBSERVE;
                found.budgetWait = e.waitTime();
            }
            case TOKEN_REFUSED -> connectionProblem = tokenRefused();
            case RATE_LIMITED -> throw e;
        }
    }

    /** The gate is closed: the token was refused a moment ago. */
    Problem tokenRefused() {
        return withExpiry(Problem.ofAnswer("unauthorized", 401, null));
    }

    private Problem withExpiry(Problem problem) {
        return ConnectionProblems.withExpiry(problem, expiry);
    }

    /** Whoever asks for a look has just changed something, and does not want to hear of minutes ago. */
    private void heedRequest() {
        if (!heeded && view.lookRequested()) {
            services.forget(view.namespace(), view.keysSecret(), view.connectionSecret());
        }
        heeded = true;
    }

    private void connect() {
        connected = true;
        heedRequest();
        ConnectionState state =
                services.connections().resolve(view.namespace(), view.connectionSecret(), Freshness.SETTLED);
        Optional<Connection> connection = state instanceof ConnectionState.Available available
                ? Optional.of(available.connection())
                : Optional.empty();
        if (connection.isEmpty() && view.deleting()) {
            // A namespace that is deleted loses its Secrets first.
            connection = services.lastTokens().get(view.uid());
        }
        if (connection.isEmpty()) {
            connectionProblem = ConnectionProblems.of(state);
            return;
        }
        expiry = connection.get().token().expiry().orElse(null);
        Caller caller = view.deleting() ? Caller.urgent(view.uid()) : Caller.ordinary(view.uid());
        AccountListing listing = listings.of(connection.get().token());
        AccountCalls calls = new GuardedAccountCalls(services, connection.get(), caller, listing);
        remote = new RemoteSteps(calls, view, memory, found, services.pollInterval());
    }

    /**
     * @return what the Secret with the bucket's keys holds, or held when it could be read last; null when there is none
     * @throws SecretReadException if it never could be read
     */
    StorageCredentials credentials() throws SecretReadException {
        heedRequest();
        try {
            Optional<SecretData> secret =
                    services.secrets().get(view.namespace(), view.keysSecret(), Freshness.BLOCKED);
            secret.ifPresent(data -> memory.keepCredentials(StorageCredentials.of(data.values())));
            return secret.isPresent() || view.deleting() ? memory.credentials() : null;
        } catch (SecretReadException e) {
            if (memory.credentials() == null) {
                throw e;
            }
            return memory.credentials();
        }
    }
}
