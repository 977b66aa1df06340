package io.tonbo.artifacts.operator.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tonbo.artifacts.operator.orchestrator.TrustMaterial;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the operator. What is wrong with its settings or with the way to the API server is one clear line on standard
 * error and exit code 2, before anything else starts.
 */
@QuarkusMain
public final class Main {
    private static final int UNUSABLE = 2;

    Main() {}

    /**
     * @param args passed on to Quarkus
     */
    public static void main(String... args) {
        Map<String, String> env = System.getenv();
        Optional<String> wrong = wrongSettings(env).or(() -> ClusterAccess.problem(env));
        if (wrong.isPresent()) {
            System.err.println("artifacts-operator: " + wrong.get());
            System.exit(UNUSABLE);
        }
        LogSettings.from(env).apply();
        Quarkus.run(args);
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
