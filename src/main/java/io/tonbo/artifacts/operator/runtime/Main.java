package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tonbo.artifacts.operator.orchestrator.TrustMaterial;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the operator. What is wrong with its settings or with the way to the API server is one clear line on standard
 * error and exit code 2, before anything else starts.
 */
@QuarkusMain
public final class Main {
    private static final int UNUSABLE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    Main() {}

    /**
     * @param args none, or a check to make instead of running; anything else is passed on to Quarkus
     */
    public static void main(String... args) {
        Map<String, String> env = System.getenv();
        if (args.length > 0 && args[0].startsWith("--check-")) {
            System.exit(check(args));
        }
        Optional<String> wrong = wrongSettings(env).or(() -> ClusterAccess.problem(env));
        if (wrong.isPresent()) {
            System.err.println("artifacts-operator: " + wrong.get());
            System.exit(UNUSABLE);
        }
        LogSettings.from(env).apply();
        Quarkus.run(args);
    }

    private static int check(String... args) {
        if (args[0].equals(UninstallCheck.ARGUMENT) && args.length == 1) {
            try (KubernetesClient client = new KubernetesClientBuilder().build()) {
                return new UninstallCheck(client).run(System.err);
            }
        }
        if (args[0].equals(ReadyCheck.ARGUMENT) && args.length == 2) {
            return new ReadyCheck(URI.create(args[1]), PATIENCE).run(System.err);
        }
        System.err.println("artifacts-operator: the checks are " + UninstallCheck.ARGUMENT + " and "
                + ReadyCheck.ARGUMENT + " <URL of /q/health/ready>");
        return UNUSABLE;
    }

    private static Optional<String> wrongSettings(Map<String, String> env) {
        try {
            OperatorSettings settings = OperatorSettings.from(env, System.getProperty(OperatorSettings.TIME_SCALE));
            if (settings.caFile() != null) {
                TrustMaterial.withExtraAuthorities(settings.caFile());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
