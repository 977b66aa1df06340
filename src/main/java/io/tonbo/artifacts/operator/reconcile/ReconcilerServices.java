package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.connection.Connections;
import io.tonbo.artifacts.operator.connection.GuardedOrchestrator;
import io.tonbo.artifacts.operator.connection.LastTokens;
import io.tonbo.artifacts.operator.connection.SecretCache;
import io.tonbo.artifacts.operator.juicefs.VolumeAccess;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.status.EventRecorder;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.status.Timings;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What a reconciler works with.
 *
 * @param client the operator's Kubernetes client
 * @param connections where tokens come from
 * @param secrets readings of Secrets
 * @param lastTokens the last good token of each object, for its deletion
 * @param orchestrator the orchestrator, within each account's budget
 * @param orchestratorClient the client underneath, for the server's clock
 * @param volumes opens buckets and metadata
 * @param statusWriter the one writer of status
 * @param events records events
 * @param failures turns problems into outcomes
 * @param timings the waiting times
 * @param pollInterval how old the shared list may be, and how often a settled object is looked at
 * @param clock the clock
 * @param started when this process began to work: when it started, or was elected
 * @param telemetry where counts and traces go
 * @param census how the watched objects stand
 */
public record ReconcilerServices(
        KubernetesClient client,
        Connections connections,
        SecretCache secrets,
        LastTokens lastTokens,
        GuardedOrchestrator orchestrator,
        OrchestratorClient orchestratorClient,
        VolumeAccess volumes,
        StatusWriter statusWriter,
        EventRecorder events,
        FailureOutcomes failures,
        Timings timings,
        Duration pollInterval,
        InstantSource clock,
        Supplier<Instant> started,
        Telemetry telemetry,
        ObjectCensus census) {
    /**
     * @return where counts go
     */
    public MeterRegistry meters() {
        return telemetry.meters();
    }

    /**
     * Makes the next look at Secrets one at the API server: whoever asks for it has just changed something, and does not want
     * to hear of minutes ago.
     *
     * @param namespace of the Secrets
     * @param names their names; null ones are passed over
     */
    public void forget(String namespace, String... names) {
        for (String name : names) {
            if (name != null) {
                secrets.forget(namespace, name);
            }
        }
    }
}
