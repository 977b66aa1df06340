package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.tonbo.artifacts.operator.status.Timings;
import java.net.HttpURLConnection;
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

    /** After so long without a renewal, the leader gives up, so that it has ended when another begins. */
    private static final Duration RENEWAL_DEADLINE = Duration.ofSeconds(40);

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** Of one request, which is not repeated: a slow one must not outlast the lease. */
    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** What becomes of this replica. Called on a thread of the election, which must not be held up. */
    interface Candidate {
        /** It leads from now on. */
        void elected();

        /** It leads no longer, and did not want that. */
        void deposed();
    }

    private final Candidate candidate;
    private final String lease;
    private final String namespace;
    private final LeaderElector elector;
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
        LeaseLock lock = new ReportedLease(namespace, lease, settings.instance() + "_" + UUID.randomUUID());
        LeaderCallbacks callbacks = new LeaderCallbacks(this::elected, this::deposed, this::follow);
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
                        true,
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

    /** Says once what is wrong with the Lease; the library would say it, with a stack trace, at each attempt. */
    private static final class ReportedLease extends LeaseLock {
        private final String place;
        private Integer lastCode;

        private ReportedLease(String namespace, String name, String identity) {
            super(namespace, name, identity);
            place = namespace + "/" + name;
        }

        @Override
        public synchronized LeaderElectionRecord get(KubernetesClient client) {
            try {
                return super.get(client);
            } catch (KubernetesClientException e) {
                throw reported(e);
            }
        }

        @Override
        public synchronized void create(KubernetesClient client, LeaderElectionRecord leader) {
            try {
                super.create(client, leader);
                lastCode = null;
            } catch (KubernetesClientException e) {
                throw reported(e);
            }
        }

        @Override
        public synchronized void update(KubernetesClient client, LeaderElectionRecord leader) {
            try {
                super.update(client, leader);
                lastCode = null;
            } catch (KubernetesClientException e) {
                throw reported(e);
            }
        }

        private KubernetesClientException reported(KubernetesClientException e) {
            boolean news = lastCode == null || lastCode != e.getCode();
            lastCode = e.getCode();
            // Somebody else was quicker.
            if (news && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                String answer = e.getCode() <= 0 ? "no answer from the API server" : "HTTP " + e.getCode();
                String way = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                        ? ": the operator's Role must allow to create, get and patch Leases in its namespace"
                        : "";
                LOG.warn("Lease {}: {}{}; tried again every {} s", place, answer, way, RETRY.toSeconds());
            }
            return e;
        }
    }

    private void elected() {
        candidate.elected();
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
        }
        executor.shutdownNow();
    }
}
