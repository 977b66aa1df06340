package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Failure;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import io.tonbo.artifacts.operator.telemetry.TraceKey;
import io.tonbo.artifacts.operator.telemetry.Traces;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * One reconcile as it is timed, traced and told in the log: whatever is logged meanwhile on its thread says which object it is
 * about.
 */
final class ReconcileWatch implements AutoCloseable {
    private static final String KIND = "kind";
    private static final String NAMESPACE = "namespace";
    private static final String NAME = "name";
    private static final String REASON = "reason";
    private static final String CODE = "code";
    private static final String OPERATION = "operation";
    private static final String REQUEST_ID = "requestId";
    private static final String TRACE_ID = "traceId";

    private final Telemetry telemetry;
    private final HasMetadata object;
    private final long began = System.nanoTime();
    private Traces.Step step = Traces.Step.NONE;
    private ReconcileEnd end = ReconcileEnd.FAULT;
    private boolean told;

    ReconcileWatch(Telemetry telemetry, HasMetadata object) {
        this.telemetry = telemetry;
        this.object = object;
        MDC.put(KIND, object.getKind());
        MDC.put(NAMESPACE, object.getMetadata().getNamespace());
        MDC.put(NAME, object.getMetadata().getName());
    }

    /** There is something to do: from here on it is traced. */
    void goesOn() {
        step = telemetry
                .traces()
                .begin("reconcile " + object.getKind())
                .with(TraceKey.KIND, object.getKind())
                .with(TraceKey.NAMESPACE, object.getMetadata().getNamespace())
                .with(TraceKey.NAME, object.getMetadata().getName());
        step.traceId().ifPresent(id -> MDC.put(TRACE_ID, id));
    }

    void ends(ReconcileEnd how) {
        end = how;
    }

    /** What a pass came to; it may yet turn out that it cannot be written. */
    void cameTo(ObjectPass.Result result) {
        Outcome outcome = result.outcome();
        if (result.farewell() != null) {
            end = ReconcileEnd.RELEASED;
        } else if (outcome instanceof Outcome.Failed failed) {
            end = failed.failure().problem().type() == ProblemType.OPERATOR_FAULT
                    ? ReconcileEnd.FAULT
                    : ReconcileEnd.FAILED;
            tell(failed.failure());
        } else if (outcome instanceof Outcome.Done) {
            end = ReconcileEnd.DONE;
        } else {
            end = outcome instanceof Outcome.Progressing ? ReconcileEnd.PROGRESSING : ReconcileEnd.WAITING;
        }
    }

    private void tell(Failure failure) {
        told = true;
        String reason = failure.problem().row().reason();
        MDC.put(REASON, reason);
        MDC.put(CODE, failure.problem().code());
        MDC.put(OPERATION, failure.operation());
        Optional.ofNullable(failure.problem().requestId()).ifPresent(id -> MDC.put(REQUEST_ID, id));
        step.with(TraceKey.REASON, reason)
                .with(TraceKey.OPERATION, failure.operation())
                .failed(reason);
    }

    @Override
    public void close() {
        if (end == ReconcileEnd.API_SERVER || (end == ReconcileEnd.FAULT && !told)) {
            step.failed(end.label());
        }
        step.with(TraceKey.OUTCOME, end.label()).close();
        OperatorMeter.RECONCILE
                .timer(telemetry.meters(), object.getKind(), end.label())
                .record(Duration.ofNanos(System.nanoTime() - began));
        for (String key : new String[] {KIND, NAMESPACE, NAME, REASON, CODE, OPERATION, REQUEST_ID, TRACE_ID}) {
            MDC.remove(key);
        }
    }
}
