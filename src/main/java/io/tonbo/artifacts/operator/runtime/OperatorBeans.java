package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.tonbo.artifacts.operator.reconcile.ReconcileLoad;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the assembly's parts to Quarkus. */
public class OperatorBeans {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorBeans.class);

    @Produces
    @Singleton
    OperatorSettings settings() {
        return OperatorSettings.from(System.getenv(), System.getProperty(OperatorSettings.TIME_SCALE));
    }

    @Produces
    @Singleton
    OperatorAssembly assembly(OperatorSettings settings, KubernetesClient client, MeterRegistry meters) {
        return new OperatorAssembly(settings, client, meters, InstantSource.system());
    }

    void end(@Disposes OperatorAssembly assembly) {
        assembly.close();
    }

    /** In the place of the framework's own, which grow with the number of objects. */
    @Produces
    @Singleton
    @Unremovable
    Metrics load(MeterRegistry meters) {
        return new ReconcileLoad(meters);
    }

    /** In the place of the extension's own. */
    @Produces
    @Singleton
    ElectedOperator operator(
            ConfigurationService configuration,
            OperatorSettings settings,
            OperatorAssembly assembly,
            MeterRegistry meters,
            Instance<Reconciler<? extends HasMetadata>> reconcilers) {
        ElectedOperator operator =
                new ElectedOperator(configuration, settings, assembly, code -> Quarkus.asyncExit(code));
        reconcilers.forEach(operator::register);
        OperatorMeter.LEADER.gauge(meters, operator::works);
        return operator;
    }

    /** Without its caches the operator would be up and see nothing; the extension would leave it so. */
    @Produces
    @Singleton
    @Unremovable
    InformerStoppedHandler stopped() {
        return (informer, fault) -> {
            if (fault != null) {
                LOG.error("The watch of {} ended for good: the operator ends", informer.getApiTypeClass(), fault);
                Quarkus.asyncExit(ElectedOperator.DEPOSED);
            }
        };
    }

    @Produces
    @Singleton
    ReconcilerServices services(OperatorAssembly assembly) {
        return assembly.services();
    }
}
