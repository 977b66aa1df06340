package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the framework is at: how many objects are worked on, and how many wait for a worker. In the place of the framework's
 * own metrics, which have series for each object.
 */
public final class ReconcileLoad implements Metrics {
    private record Load(Set<ResourceID> queued, Set<Thread> active) {}

    private final MeterRegistry meters;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();

    /**
     * @param meters where it is shown
     */
    public ReconcileLoad(MeterRegistry meters) {
        this.meters = meters;
    }

    private Load of(String kind) {
        return loads.computeIfAbsent(kind, same -> {
            Load load = new Load(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
            OperatorMeter.RECONCILE_QUEUE.gauge(meters, load.queued()::size, kind);
            OperatorMeter.RECONCILE_ACTIVE.gauge(meters, load.active()::size, kind);
            // From the start, so that the first fault is an increase.
            for (ReconcileEnd end : ReconcileEnd.values()) {
                OperatorMeter.RECONCILE.timer(meters, kind, end.label());
            }
            return load;
        });
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        of(HasMetadata.getKind(controller.getConfiguration().getResourceClass()));
    }

    @Override
    public void reconcileCustomResource(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
        of(resource.getKind()).queued().add(ResourceID.fromResource(resource));
    }

    @Override
    public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
        Load load = of(resource.getKind());
        load.active().add(Thread.currentThread());
        load.queued().remove(ResourceID.fromResource(resource));
    }

    /** On the worker, by which it is known: the object may be at another worker already. */
    @Override
    public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
        loads.values().forEach(load -> load.active().remove(Thread.currentThread()));
    }

    /** What the framework does itself, the finalizer first of all, comes to nothing in a reconcile of ours. */
    @Override
    public void failedReconciliation(HasMetadata resource, Exception fault, Map<String, Object> metadata) {
        ReconcileEnd end = fault instanceof KubernetesClientException ? ReconcileEnd.API_SERVER : ReconcileEnd.FAULT;
        OperatorMeter.RECONCILE.timer(meters, resource.getKind(), end.label()).record(Duration.ZERO);
    }

    @Override
    public void cleanupDoneFor(ResourceID resource, Map<String, Object> metadata) {
        if (metadata.get(Constants.RESOURCE_GVK_KEY) instanceof GroupVersionKind gvk) {
            of(gvk.getKind()).queued().remove(resource);
        }
    }
}
