package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.runtime.OperatorAssembly;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The operator in the test's own JVM: the same assembly as in production, as the user that we ship. */
public final class InProcessOperator implements AutoCloseable {
    private final KubernetesClient client;
    private final OperatorAssembly assembly;
    private final Operator operator;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private InProcessOperator(
            KubernetesClient client, Map<String, String> env, String timeScale, Set<String> namespaces) {
        this.client = client;
        assembly = new OperatorAssembly(OperatorSettings.from(env, timeScale), client, meters, InstantSource.system());
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withUseSSAToPatchPrimaryResource(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(20))
                .withCloseClientOnStop(false));
        operator.register(assembly.workspaceReconciler(), configuration -> configuration.settingNamespaces(namespaces));
        operator.register(
                assembly.mountSessionReconciler(), configuration -> configuration.settingNamespaces(namespaces));
        operator.start();
    }

    /**
     * @param client a client of the user that it is to be; closed with the operator
     * @param env its environment
     * @param timeScale what its waiting times are multiplied by
     * @param namespaces the namespaces it watches
     * @return the operator, started
     */
    public static InProcessOperator start(
            KubernetesClient client, Map<String, String> env, double timeScale, Set<String> namespaces) {
        return new InProcessOperator(client, env, Double.toString(timeScale), namespaces);
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** Stops it, reconciles under way included. */
    @Override
    public void close() {
        operator.stop();
        assembly.close();
        client.close();
    }
}
