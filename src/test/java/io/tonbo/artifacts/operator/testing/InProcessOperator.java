package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.reconcile.ReconcileLoad;
import io.tonbo.artifacts.operator.runtime.ElectedOperator;
import io.tonbo.artifacts.operator.runtime.OperatorAssembly;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The operator in the test's own JVM: the same assembly as in production, as the user that we ship. */
public final class InProcessOperator implements AutoCloseable {
    private final KubernetesClient client;
    private final OperatorAssembly assembly;
    private final ElectedOperator operator;
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CompletableFuture<Throwable> blind = new CompletableFuture<>();

    private InProcessOperator(
            KubernetesClient client,
            Map<String, String> env,
            String timeScale,
            Set<String> namespaces,
            Runnable beforeItWorks) {
        this.client = client;
        OperatorSettings settings = OperatorSettings.from(env, timeScale);
        assembly = new OperatorAssembly(settings, client, meters, InstantSource.system());
        operator = new ElectedOperator(
                ConfigurationService.newOverriddenConfigurationService(overrider -> overrider
                        .withKubernetesClient(client)
                        .withMetrics(new ReconcileLoad(meters))
                        .withUseSSAToPatchPrimaryResource(false)
                        // Otherwise it ends the process, which here is the tests'.
                        .withInformerStoppedHandler((informer, why) -> {
                            if (why != null) {
                                blind.complete(why);
                            }
                        })),
                settings,
                new ElectedOperator.Progress() {
                    @Override
                    public void begins() {
                        assembly.begins();
                    }

                    @Override
                    public void works() {
                        beforeItWorks.run();
                        assembly.works();
                    }
                },
                code -> exits.add(code));
        operator.register(assembly.workspaceReconciler(), configuration -> configuration.settingNamespaces(namespaces));
        operator.register(
                assembly.mountSessionReconciler(), configuration -> configuration.settingNamespaces(namespaces));
    }

    /**
     * @param client a client of the user that it is to be; closed with the operator
     * @param env its environment
     * @param timeScale what its waiting times are multiplied by
     * @param namespaces the namespaces it watches
     * @return the operator, started
     * @throws IllegalArgumentException if the client is an administrator's, whom RBAC does not bind
     */
    public static InProcessOperator start(
            KubernetesClient client, Map<String, String> env, double timeScale, Set<String> namespaces) {
        return start(client, env, timeScale, namespaces, () -> {});
    }

    /**
     * @param client a client of the user that it is to be; closed with the operator
     * @param env its environment
     * @param timeScale what its waiting times are multiplied by
     * @param namespaces the namespaces it watches
     * @param beforeItWorks done when all caches are filled, before it says so
     * @return the operator, started
     * @throws IllegalArgumentException if the client is an administrator's, whom RBAC does not bind
     */
    public static InProcessOperator start(
            KubernetesClient client,
            Map<String, String> env,
            double timeScale,
            Set<String> namespaces,
            Runnable beforeItWorks) {
        if (KubeCluster.isAdministrators(client.getConfiguration().getAutoOAuthToken())) {
            throw new IllegalArgumentException("the operator is never an administrator");
        }
        InProcessOperator started =
                new InProcessOperator(client, env, Double.toString(timeScale), namespaces, beforeItWorks);
        try {
            started.operator.start();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public ElectedOperator.Phase phase() {
        return operator.phase();
    }

    /**
     * @return whether it is as good as the one that works, but for the Lease
     */
    public boolean standsBy() {
        return operator.standsBy();
    }

    /**
     * @return the codes that it wanted to end its process with; none unless it was deposed
     */
    public List<Integer> exits() {
        return exits;
    }

    /**
     * @return completed when a watch cannot go on: why the process would end in production
     */
    public CompletableFuture<Throwable> blind() {
        return blind;
    }

    /** Stops it, reconciles under way included. */
    @Override
    public void close() {
        operator.stop();
        assembly.close();
        client.close();
    }
}
