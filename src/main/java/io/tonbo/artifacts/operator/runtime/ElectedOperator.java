package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's operator, begun only when this replica is elected, and ended in order: no new reconcile begins, those under
 * way come to their end, and then the next replica may begin. The framework's own election ends the process instead, and
 * keeps the Lease.
 */
public class ElectedOperator extends Operator {
    /** Exit code of a replica that was deposed, or could not begin when it was elected. */
    static final int DEPOSED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ElectedOperator.class);

    private final Runnable begun;
    private final Election election;
    private final IntConsumer exit;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);

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
     * @param begun called when it begins to work, before the first reconcile
     * @param exit ends the process with a code
     */
    public ElectedOperator(
            ConfigurationService configuration, OperatorSettings settings, Runnable begun, IntConsumer exit) {
        super(PatientConfiguration.of(configuration, settings.shutdownGrace()));
        this.begun = begun;
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
        if (phase.compareAndSet(from, Phase.BEGINNING)) {
            begun.run();
            super.start();
            phase.compareAndSet(Phase.BEGINNING, Phase.WORKING);
        }
    }

    @SuppressWarnings("IllegalCatch")
    private void beginElected() {
        try {
            begin(Phase.STANDBY);
        } catch (RuntimeException e) {
            LOG.error("Elected, but could not begin", e);
            exit.accept(DEPOSED);
        }
    }

    private void endDeposed() {
        LOG.error("The Lease was lost, and another replica may be working already: this one ends");
        exit.accept(DEPOSED);
    }

    /** Ends it: waits for what is under way, for as long as the settings say, and then gives the Lease back. */
    @Override
    public void stop() throws OperatorException {
        Phase before = phase.getAndSet(Phase.ENDING);
        if (before == Phase.WORKING) {
            super.stop();
        }
        // What was only beginning cannot be ended in order, so the Lease is left to run out.
        if (election != null && before != Phase.BEGINNING) {
            election.close();
        }
    }
}
