package io.tonbo.artifacts.operator.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The orchestrator behind its breaker and each account's gate and limiter. Every call asks them first and tells them what
 * came of it. Never blocks and never retries: a call that may not be made now is a {@link NotNow}.
 */
public final class GuardedOrchestrator {
    private final OrchestratorClient client;
    private final Accounts accounts;
    private final OrchestratorBreaker breaker;
    private final Connections connections;
    private final LastTokens lastTokens;
    private final MeterRegistry meters;
    private final List<Consumer<String>> acceptedListeners = new CopyOnWriteArrayList<>();

    /**
     * @param client the orchestrator
     * @param accounts limiters and gates
     * @param breaker the orchestrator's breaker
     * @param connections where a refused token is read anew
     * @param lastTokens where an accepted token is kept for cleaning up
     */
    public GuardedOrchestrator(
            OrchestratorClient client,
            Accounts accounts,
            OrchestratorBreaker breaker,
            Connections connections,
            LastTokens lastTokens) {
        this(client, accounts, breaker, connections, lastTokens, Telemetry.NONE.meters());
    }

    /**
     * @param client the orchestrator
     * @param accounts limiters and gates
     * @param breaker the orchestrator's breaker
     * @param connections where a refused token is read anew
     * @param lastTokens where an accepted token is kept for cleaning up
     * @param meters where calls are counted that are put off
     */
    public GuardedOrchestrator(
            OrchestratorClient client,
            Accounts accounts,
            OrchestratorBreaker breaker,
            Connections connections,
            LastTokens lastTokens,
            MeterRegistry meters) {
        this.meters = meters;
        this.client = client;
        this.accounts = accounts;
        this.breaker = breaker;
        this.connections = connections;
        this.lastTokens = lastTokens;
    }

    /**
     * @param listener told the {@linkplain io.tonbo.artifacts.operator.orchestrator.BearerToken#hash() hash} of a refused
     *     token that is accepted again, on the thread that found out; must be quick
     */
    public void onTokenAccepted(Consumer<String> listener) {
        acceptedListeners.add(listener);
    }

    /**
     * @param listener run when the orchestrator is back after it was out, on the thread that found out; must be quick
     */
    public void onBack(Runnable listener) {
        breaker.onClose(listener);
    }

    /**
     * Makes a call, if it may be made now.
     *
     * @param connection whose account
     * @param caller on whose behalf
     * @param call the call: one method of the client
     * @param <T> its result
     * @return the answer
     * @throws OrchestratorException as the client throws it
     * @throws NotNow if the call was not made
     */
    public <T> T call(Connection connection, Caller caller, RemoteCall<T> call) throws OrchestratorException, NotNow {
        Account account = accounts.of(connection.token());
        Passes passes = entered(account, caller);
        try {
            T answer = call.on(client, connection.token());
            account.limiter().calm();
            breaker.succeeded(passes.breaker());
            // Only what worked is kept: a token of another account is refused in good words too.
            lastTokens.remember(caller.uid(), connection);
            accepted(account, passes, connection);
            return answer;
        } catch (OrchestratorException e) {
            learn(e, account, passes, connection, caller);
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.unsure(passes.breaker());
            account.gate().unsure(passes.gate());
            throw e;
        }
    }

    private Passes entered(Account account, Caller caller) throws NotNow {
        try {
            return enter(account, caller);
        } catch (NotNow e) {
            OperatorMeter.ORCHESTRATOR_DEFERRED.counter(meters, e.why().label()).increment();
            throw e;
        }
    }

    private record Passes(Pass breaker, Pass gate) {}

    private Passes enter(Account account, Caller caller) throws NotNow {
        refuseUnlessZero(NotNow.Why.ORCHESTRATOR_OUT, breaker.waitTime());
        refuseUnlessZero(NotNow.Why.TOKEN_REFUSED, account.gate().waitTime());
        refuseUnlessZero(NotNow.Why.RATE_LIMITED, account.limiter().tryAcquire(caller.priority()));
        Optional<Pass> gate = account.gate().enter();
        if (gate.isEmpty()) {
            throw new NotNow(
                    NotNow.Why.TOKEN_REFUSED, atLeastAMoment(account.gate().waitTime()));
        }
        Optional<Pass> passed = breaker.enter();
        if (passed.isEmpty()) {
            account.gate().unsure(gate.get());
            throw new NotNow(NotNow.Why.ORCHESTRATOR_OUT, atLeastAMoment(breaker.waitTime()));
        }
        return new Passes(passed.get(), gate.get());
    }

    private static void refuseUnlessZero(NotNow.Why why, Duration wait) throws NotNow {
        if (!wait.isZero()) {
            throw new NotNow(why, wait);
        }
    }

    /** Somebody else was quicker, and may be done again by now. */
    private static Duration atLeastAMoment(Duration wait) {
        return wait.isZero() ? Duration.ofMillis(10) : wait;
    }

    private void learn(OrchestratorException e, Account account, Passes passes, Connection connection, Caller caller) {
        if (e.outage()) {
            breaker.failed(passes.breaker(), caller.uid());
        } else if (e.httpStatus() == 0) {
            breaker.unsure(passes.breaker());
        } else {
            breaker.succeeded(passes.breaker());
        }
        if (e.httpStatus() == 429) {
            account.limiter().pause(e.retryAfter());
        }
        if (e.httpStatus() == 401) {
            account.gate().refused(passes.gate());
            connections.forget(connection.source());
        } else if (saysTokenIsGood(e)) {
            accepted(account, passes, connection);
        } else {
            account.gate().unsure(passes.gate());
        }
    }

    /** A refusal in the orchestrator's own words, for another reason than the token. */
    private static boolean saysTokenIsGood(OrchestratorException e) {
        boolean refusal = e.httpStatus() >= 400 && e.httpStatus() < 500 && e.httpStatus() != 429;
        return refusal && e.code() != null && !OrchestratorException.CLIENT_SIDE.contains(e.code());
    }

    private void accepted(Account account, Passes passes, Connection connection) {
        if (account.gate().accepted(passes.gate())) {
            acceptedListeners.forEach(
                    listener -> listener.accept(connection.token().hash()));
        }
    }
}
