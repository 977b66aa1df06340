package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/**
 * Starts the operator. What is wrong with its settings or with the way to the API server is one clear line on standard
 * error and exit code 2, before anything else starts.
 */
@QuarkusMain
public final class Main {
    private static final int UNUSABLE = 2;

    private Main() {}

    /**
     * @param args passed on to Quarkus
     */
    public static void main(String... args) {
        Optional<String> wrong = wrongSettings().or(Main::noCluster);
        if (wrong.isPresent()) {
            System.err.println("artifacts-operator: " + wrong.get());
            System.exit(UNUSABLE);
        }
        Quarkus.run(args);
    }

    private static Optional<String> wrongSettings() {
        try {
            OperatorSettings.from(System.getenv(), System.getProperty(OperatorSettings.TIME_SCALE));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> noCluster() {
        String from = Optional.ofNullable(System.getenv("KUBECONFIG"))
                .map(file -> "KUBECONFIG=" + file)
                .orElse("~/.kube/config or the Pod's service account");
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(impatient(Config.autoConfigure(null)))
                .build()) {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            String answer = e.getCode() <= 0 ? "no answer" : "HTTP " + e.getCode();
            return Optional.of("the Kubernetes API cannot be used (" + answer + "); the connection was taken from "
                    + from + ": check it with kubectl version");
        }
    }

    /** The answer is for a person who waits; the operator's own client is patient. */
    private static Config impatient(Config config) {
        config.setRequestRetryBackoffLimit(1);
        config.setConnectionTimeout(5000);
        config.setRequestTimeout(10_000);
        return config;
    }
}
