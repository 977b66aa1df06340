package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's operator, begun only when this replica is elected, and ended in order: no new reconcile begins, those under
 * way come to their end, and then the Lease is given back. One that is deposed has less time for that, since another replica
 * begins without waiting. The framework's own election ends the process instead, and keeps the Lease.
 */
public class ElectedOperator extends Operator {
    /** Exit code of a replica that was deposed, or could not begin when it was elected. */
    static final int DEPOSED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ElectedOperator.class);

    /** For reconciles under way when the Lease is lost: less than the Lease then has left, see {@link Election}. */
    private static final Duration DEPOSED_GRACE = Duration.ofSeconds(10);

    private final Progress progress;
    private final Election election;
    private final IntConsumer exit;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private final AtomicReference<Duration> grace;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Object end = new Object();
    private boolean ended;
    private volatile Thread starter;
    private volatile boolean startedWhole;

    /** Is told how it gets on. */
    public interface Progress {
        /** It begins to work; nothing is reconciled yet. */
        void begins();

        /** All caches are filled. */
        void works();
    }

    /** Where it is in its life. */
    public enum Phase {
        /** Not started. */
        NEW,
        /** Another replica works. */
        STANDBY,
        /** Fills its caches. */
        BEGINNING,
        /** Reconciles. */
        WORKING,
        /** Lets what is under way come to its end, or has ended. */
        ENDING
    }

    /**
     * @param configuration the framework's; what it says of the shutdown's patience and of closing the client does not count
     * @param settings whether there is an election, and how long a shutdown waits for reconciles under way
     * @param progress is told where it is
     * @param exit ends the process with a code
     */
    public ElectedOperator(
            ConfigurationService configuration, OperatorSettings settings, Progress progress, IntConsumer exit) {
        this(configuration, settings, progress, exit, new AtomicReference<>(settings.shutdownGrace()));
    }

    private ElectedOperator(
            ConfigurationService configuration,
            OperatorSettings settings,
            Progress progress,
            IntConsumer exit,
            AtomicReference<Duration> grace) {
        super(PatientConfiguration.of(configuration, grace::get));
        this.grace = grace;
        this.progress = progress;
        this.exit = exit;
        KubernetesClient client = configuration.getKubernetesClient();
        this.election = settings.lease() == null
                ? null
                : new Election(client, settings, new Election.Candidate() {
                    @Override
                    public void elected() {
                        // Filling the caches takes its time, in which the Lease must be renewed.
                        new Thread(ElectedOperator.this::beginElected, "operator-start").start();
                    }

                    @Override
                    public void deposed() {
                        new Thread(ElectedOperator.this::endDeposed, "operator-end").start();
                    }
                });
    }

    /**
     * @return where it is in its life
     */
    public Phase phase() {
        return phase.get();
    }

    /**
     * @return whether another replica works, and this one could take over
     */
    public boolean standsBy() {
        return phase() == Phase.STANDBY && election.contends();
    }

    /**
     * @return 1 if this replica works, else 0
     */
    double works() {
        return phase() == Phase.WORKING ? 1 : 0;
    }

    /**
     * Begins to work, or to stand for election.
     *
     * @throws OperatorException if it cannot begin
     */
    @Override
    public synchronized void start() {
        if (election == null) {
            begin(Phase.NEW);
        } else if (phase.compareAndSet(Phase.NEW, Phase.STANDBY)) {
            election.start();
        }
    }

    private void begin(Phase from) {
        starter = Thread.currentThread();
        if (phase.compareAndSet(from, Phase.BEGINNING)) {
            try {
                progress.begins();
                super.start();
                startedWhole = true;
                progress.works();
                phase.compareAndSet(Phase.BEGINNING, Phase.WORKING);
            } finally {
                tried.countDown();
            }
        }
    }

    @SuppressWarnings("IllegalCatch")
    private void beginElected() {
        try {
            begin(Phase.STANDBY);
        } catch (RuntimeException | Error e) {
            LOG.error("Elected, but could not begin", e);
            exit.accept(DEPOSED);
        }
    }

    private void endDeposed() {
        LOG.error("The Lease was lost, and another replica may be working already: this one ends");
        grace.updateAndGet(wanted -> wanted.compareTo(DEPOSED_GRACE) < 0 ? wanted : DEPOSED_GRACE);
        exit.accept(DEPOSED);
    }

    /**
     * Ends it: waits for what is under way, for as long as the settings say, and then gives the Lease back. The framework calls
     * it, too, when it could not begin.
     */
    @Override
    public void stop() throws OperatorException {
        Phase before = phase.getAndSet(Phase.ENDING);
        boolean beginning = Thread.currentThread() == starter && !startedWhole;
        if (beginning && before == Phase.ENDING) {
            // Whoever ends it waits for this thread.
            return;
        }
        synchronized (end) {
            if (!ended) {
                ended = true;
                end(before, beginning);
            }
        }
    }

    private void end(Phase before, boolean beginning) {
        if (before == Phase.BEGINNING && !beginning) {
            awaitStart();
        }
        if (startedWhole) {
            super.stop();
        } else if (before == Phase.BEGINNING) {
            stopWhatBegan();
        }
        if (election != null) {
            election.close();
        }
    }

    private void awaitStart() {
        try {
            if (!tried.await(grace.get().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Ends while it fills its caches");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kinds begin to reconcile as soon as their own caches are filled, before all of it is said to have started. */
    private void stopWhatBegan() {
        getRegisteredControllers().forEach(controller -> ((Controller<?>) controller).stop());
        getConfigurationService().getExecutorServiceManager().stop(grace.get());
    }
}
