package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election of the one replica that works, by a Lease of coordination.k8s.io. A lease is no fence: for a moment two may
 * believe that they lead. What they do remotely is safe even so, by idempotency keys and claims.
 */
final class Election implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);

    /** After so long without a renewal, another replica takes over. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /**
     * After so long without a renewal, the leader gives up. That is noticed at the next try, up to a retry and a request later:
     * what is left of the lease is for what is under way.
     */
    private static final Duration RENEWAL_DEADLINE = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** Of one request, which is not repeated: a slow one must not outlast the lease. */
    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** What becomes of this replica. Called on a thread of the election, which must not be held up. */
    interface Candidate {
        /** It leads from now on. Called once. */
        void elected();

        /** It leads no longer, and did not want that. */
        void deposed();
    }

    private final Candidate candidate;
    private final String lease;
    private final String namespace;
    private final LeaderElector elector;
    private final ReportedLease lock;
    private final ExecutorService executor;
    private CompletableFuture<?> campaign;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param client whose API server holds the Lease
     * @param settings the Lease's name and namespace, and who this replica is
     * @param candidate is told what becomes of it
     */
    Election(KubernetesClient client, OperatorSettings settings, Candidate candidate) {
        this.candidate = candidate;
        this.lease = settings.lease();
        this.namespace = settings.namespace();
        Timings timings = settings.timings();
        // A Pod's name is not enough: where there is no Pod, all replicas have the same.
        String identity = settings.instance() + "_" + UUID.randomUUID();
        lock = new ReportedLease(namespace, lease, identity, timings.scale(LEASE), candidate::elected);
        LeaderCallbacks callbacks = new LeaderCallbacks(() -> {}, this::deposed, this::follow);
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "election");
            thread.setDaemon(true);
            return thread;
        });
        this.elector = new LeaderElector(
                impatient(client),
                new LeaderElectionConfig(
                        lock,
                        timings.scale(LEASE),
                        timings.scale(RENEWAL_DEADLINE),
                        timings.scale(RETRY),
                        callbacks,
                        // When the deadline is missed, it would be given back while this one is still at work.
                        false,
                        lease),
                executor);
    }

    private static KubernetesClient impatient(KubernetesClient client) {
        RequestConfig config = new RequestConfigBuilder(
                        client.getConfiguration().getRequestConfig())
                .withRequestTimeout((int) REQUEST.toMillis())
                .withRequestRetryBackoffLimit(0)
                .build();
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(config)
                .call(own -> own);
    }

    /** Begins to stand for it; returns at once. */
    void start() {
        LOG.info("Waits to be elected by Lease {}/{}", namespace, lease);
        campaign = elector.start();
        // A fault of the election's own.
        var unused = campaign.whenComplete((nothing, fault) -> deposed());
    }

    /**
     * @return whether another replica leads, and this one could
     */
    boolean contends() {
        return lock.usable();
    }

    /** Comes more than once, and also when this replica withdraws. */
    private void deposed() {
        if (!over.getAndSet(true)) {
            candidate.deposed();
        }
    }

    private void follow(String leader) {
        if (leader != null && !leader.isEmpty()) {
            LOG.info("Lease {}/{} is held by {}", namespace, lease, leader);
        }
    }

    /** Gives the Lease back, so that another replica need not wait for its end; returns when that is done. */
    @Override
    public void close() {
        over.set(true);
        if (campaign != null) {
            campaign.cancel(true);
            try {
                elector.release();
            } catch (KubernetesClientException e) {
                LOG.warn("Lease {}/{} is not given back, and runs out", namespace, lease);
            }
        }
        executor.shutdownNow();
    }
}
