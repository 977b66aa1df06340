package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.connection.Accounts;
import io.tonbo.artifacts.operator.connection.ConnectionMeters;
import io.tonbo.artifacts.operator.connection.ConnectionTimings;
import io.tonbo.artifacts.operator.connection.Connections;
import io.tonbo.artifacts.operator.connection.GuardedOrchestrator;
import io.tonbo.artifacts.operator.connection.KubernetesSecretReader;
import io.tonbo.artifacts.operator.connection.LastTokens;
import io.tonbo.artifacts.operator.connection.OrchestratorBreaker;
import io.tonbo.artifacts.operator.connection.SecretCache;
import io.tonbo.artifacts.operator.connection.SharedToken;
import io.tonbo.artifacts.operator.juicefs.EndpointPolicy;
import io.tonbo.artifacts.operator.juicefs.VolumeAccess;
import io.tonbo.artifacts.operator.mountsession.MountSessionReconciler;
import io.tonbo.artifacts.operator.orchestrator.ClientTimeouts;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.orchestrator.TrustMaterial;
import io.tonbo.artifacts.operator.reconcile.FailureOutcomes;
import io.tonbo.artifacts.operator.reconcile.ObjectCensus;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.EventRecorder;
import io.tonbo.artifacts.operator.status.StatusWriter;
import io.tonbo.artifacts.operator.telemetry.OtlpTraces;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import io.tonbo.artifacts.operator.telemetry.Traces;
import io.tonbo.artifacts.operator.workspace.WorkspaceReconciler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Puts the operator together from its settings: all of it, without a container, so that a test can do the same. */
public final class OperatorAssembly implements AutoCloseable, ElectedOperator.Progress {
    private final Traces traces;
    private final OrchestratorClient orchestrator;
    private final ReconcilerServices services;
    private final AtomicReference<Instant> began;

    /**
     * @param settings the settings
     * @param client the operator's Kubernetes client; stays the caller's to close
     * @param meters where counts go
     * @param clock the clock
     */
    public OperatorAssembly(
            OperatorSettings settings, KubernetesClient client, MeterRegistry meters, InstantSource clock) {
        TrustMaterial trust = settings.caFile() == null
                ? TrustMaterial.system()
                : TrustMaterial.withExtraAuthorities(settings.caFile());
        traces = traces(settings, trust);
        Telemetry telemetry = new Telemetry(meters, traces);
        RandomGenerator random = new Random();
        began = new AtomicReference<>(clock.instant());
        ConnectionTimings timings =
                ConnectionTimings.DEFAULT.scaled(settings.timings().scale());
        orchestrator = new OrchestratorClient(settings.orchestrator(), trust, ClientTimeouts.DEFAULT, clock, telemetry);
        Accounts accounts = new Accounts(settings.requestsPerSecond(), clock, timings, random);
        SecretCache secrets = new SecretCache(new KubernetesSecretReader(client), clock, timings);
        Connections connections = new Connections(
                secrets,
                new SharedToken(settings.tokenFile(), clock, timings),
                settings.sharedNamespaces(),
                accounts,
                clock,
                timings);
        LastTokens lastTokens = new LastTokens();
        OrchestratorBreaker breaker = new OrchestratorBreaker(clock, timings, random);
        new ConnectionMeters(accounts, breaker, clock).showIn(meters);
        services = new ReconcilerServices(
                client,
                connections,
                secrets,
                lastTokens,
                new GuardedOrchestrator(orchestrator, accounts, breaker, connections, lastTokens, meters),
                orchestrator,
                new VolumeAccess(
                        new EndpointPolicy(settings.allowedEndpoints(), addressesOf(client)),
                        trust.sslContext(),
                        traces),
                new StatusWriter(client),
                new EventRecorder(client, settings.namespace(), settings.instance(), clock),
                new FailureOutcomes(
                        settings.timings(),
                        random,
                        settings.orchestrator().base().toString(),
                        version()),
                settings.timings(),
                settings.pollInterval(),
                clock,
                began::get,
                telemetry,
                new ObjectCensus(meters, clock));
    }

    /** What it saw before, it did not see. */
    @Override
    public void begins() {
        began.set(services.clock().instant());
    }

    @Override
    public void works() {
        services.census().begin();
    }

    /**
     * @return a reconciler of Workspaces
     */
    public WorkspaceReconciler workspaceReconciler() {
        return new WorkspaceReconciler(services);
    }

    /**
     * @return a reconciler of MountSessions
     */
    public MountSessionReconciler mountSessionReconciler() {
        return new MountSessionReconciler(services);
    }

    /**
     * @return what the reconcilers work with
     */
    public ReconcilerServices services() {
        return services;
    }

    private static Traces traces(OperatorSettings settings, TrustMaterial trust) {
        TracingSettings tracing = settings.tracing();
        if (tracing.endpoint() == null) {
            return Traces.OFF;
        }
        Map<String, String> about = Map.of(
                "service.name", "artifacts-operator",
                "service.version", version(),
                "service.instance.id", settings.instance(),
                "k8s.namespace.name", settings.namespace());
        return new OtlpTraces(
                tracing.endpoint(), tracing.sampleRatio(), about, trust.sslContext(), trust.trustManager());
    }

    /** No bucket is at the API server. */
    private static List<InetAddress> addressesOf(KubernetesClient client) {
        try {
            return List.of(InetAddress.getAllByName(client.getMasterUrl().getHost()));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static String version() {
        String version = OperatorAssembly.class.getPackage().getImplementationVersion();
        return version == null ? "of a development build" : version;
    }

    @Override
    public void close() {
        orchestrator.close();
        traces.close();
    }
}
