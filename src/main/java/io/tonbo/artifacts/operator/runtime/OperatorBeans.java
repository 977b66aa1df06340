package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Hands the assembly's parts to Quarkus. */
public class OperatorBeans {

    @Produces
    @Singleton
    OperatorAssembly assembly(KubernetesClient client, MeterRegistry meters) {
        OperatorSettings settings =
                OperatorSettings.from(System.getenv(), System.getProperty(OperatorSettings.TIME_SCALE));
        return new OperatorAssembly(settings, client, meters, InstantSource.system());
    }

    void end(@Disposes OperatorAssembly assembly) {
        assembly.close();
    }

    @Produces
    @Singleton
    ReconcilerServices services(OperatorAssembly assembly) {
        return assembly.services();
    }
}
