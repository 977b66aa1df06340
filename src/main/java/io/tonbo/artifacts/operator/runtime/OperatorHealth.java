package io.tonbo.artifacts.operator.runtime;

import io.javaoperatorsdk.operator.RegisteredController;
import io.tonbo.artifacts.operator.runtime.ElectedOperator.Phase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * What the probes are told. Nothing here asks the orchestrator: a restart would not bring it back. Liveness has no check of
 * its own, since what a restart mends ends the process by itself.
 */
public class OperatorHealth {
    private static final String NAME = "operator";

    /** Caches are filled and watches stand; or another replica works, and this one could. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck readiness(ElectedOperator operator) {
        return () -> {
            HealthCheckResponseBuilder response = phase(operator);
            boolean up = operator.standsBy();
            if (operator.phase() == Phase.WORKING) {
                up = true;
                for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
                    up &= watches(controller, response);
                }
            }
            return response.status(up).build();
        };
    }

    /** Filling the caches of a large cluster takes its time. */
    @Produces
    @Singleton
    @Startup
    HealthCheck startup(ElectedOperator operator) {
        return () -> phase(operator)
                .status(operator.phase() != Phase.NEW && operator.phase() != Phase.BEGINNING)
                .build();
    }

    private static HealthCheckResponseBuilder phase(ElectedOperator operator) {
        return HealthCheckResponse.named(NAME)
                .withData("phase", operator.phase().name().toLowerCase(Locale.ROOT));
    }

    private static boolean watches(RegisteredController<?> controller, HealthCheckResponseBuilder response) {
        var unhealthy = new TreeMap<>(controller.getControllerHealthInfo().unhealthyEventSources());
        response.withData(
                controller.getConfiguration().getName(),
                unhealthy.isEmpty() ? "watching" : "not watching: " + String.join(", ", unhealthy.keySet()));
        return unhealthy.isEmpty();
    }
}
