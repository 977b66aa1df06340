package io.tonbo.artifacts.operator.orchestrator;

import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import io.tonbo.artifacts.operator.telemetry.TraceKey;
import io.tonbo.artifacts.operator.telemetry.Traces;
import java.time.Duration;

/** Counts, times and traces each request, from before it is sent until its answer is understood. */
final class ObservedCalls {
    private final Exchange exchange;
    private final Telemetry telemetry;

    ObservedCalls(Exchange exchange, Telemetry telemetry) {
        this.exchange = exchange;
        this.telemetry = telemetry;
    }

    /** A call: its request is sent by what it is given. */
    interface Call<T> {
        T make(Sender sender) throws OrchestratorException;
    }

    /** Sends the one request of a call. */
    static final class Sender {
        private final Exchange exchange;
        private final Traces.Step step;

        private Sender(Exchange exchange, Traces.Step step) {
            this.exchange = exchange;
            this.step = step;
        }

        RawAnswer send(BearerToken token, RequestSpec spec) throws OrchestratorException {
            RawAnswer answer = exchange.send(token, spec, step);
            step.with(TraceKey.HTTP_STATUS, answer.status()).with(TraceKey.REQUEST_ID, answer.requestId());
            return answer;
        }
    }

    <T> T observe(ApiOperation operation, Call<T> call) throws OrchestratorException {
        long began = System.nanoTime();
        CallOutcome outcome = CallOutcome.FAULT;
        try (Traces.Step step = telemetry.traces().call("orchestrator " + operation.label())) {
            step.with(TraceKey.OPERATION, operation.label());
            try {
                T result = call.make(new Sender(exchange, step));
                outcome = CallOutcome.FINE;
                return result;
            } catch (OrchestratorException e) {
                outcome = CallOutcome.of(e);
                step.with(TraceKey.REQUEST_ID, e.requestId()).failed(outcome.code());
                throw e;
            } finally {
                step.with(TraceKey.OUTCOME, outcome.result().label()).with(TraceKey.CODE, outcome.code());
                OperatorMeter.ORCHESTRATOR_REQUESTS
                        .timer(
                                telemetry.meters(),
                                operation.label(),
                                outcome.result().label(),
                                outcome.code())
                        .record(Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }
}
