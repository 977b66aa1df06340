package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Whether the Kubernetes API can be used, asked once before the operator starts. */
final class ClusterAccess {
    private ClusterAccess() {}

    /**
     * @param env the environment's variables
     * @return what is wrong, in one line without any content of a kubeconfig; empty if nothing is
     */
    static Optional<String> problem(Map<String, String> env) {
        String files = env.getOrDefault("KUBECONFIG", "");
        if (!files.isBlank() && Arrays.stream(files.split(File.pathSeparator)).noneMatch(ClusterAccess::isReadable)) {
            return Optional.of("KUBECONFIG=" + files + " names no file that can be read");
        }
        String source = files.isBlank() ? "~/.kube/config or the Pod's ServiceAccount" : "KUBECONFIG=" + files;
        return configuration()
                .map(config -> answer(config).map(wrong -> wrong + ", as " + source + " has it: try kubectl version"))
                .orElseGet(() -> Optional.of(source + " is not a kubeconfig: it cannot be parsed"));
    }

    private static boolean isReadable(String file) {
        return !file.isBlank() && Files.isReadable(Path.of(file)) && !Files.isDirectory(Path.of(file));
    }

    /** The answer is for a person who waits; the operator's own client is patient. */
    @SuppressWarnings("IllegalCatch")
    private static Optional<Config> configuration() {
        try {
            Config config = Config.autoConfigure(null);
            config.setRequestRetryBackoffLimit(1);
            config.setConnectionTimeout(5000);
            config.setRequestTimeout(10_000);
            return Optional.of(config);
        } catch (RuntimeException e) {
            // The parser's own exceptions, of several libraries; their messages quote the file.
            return Optional.empty();
        }
    }

    private static Optional<String> answer(Config config) {
        String server = config.getMasterUrl();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            String what = e.getCode() > 0 ? "answers HTTP " + e.getCode() : "does not answer";
            return Optional.of("the Kubernetes API at " + server + " " + what);
        }
    }
}
