package io.tonbo.artifacts.sandbox.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Who talks to which API server. The text form carries no token.
 *
 * @param server base URL of the API server
 * @param caCertificatePem certificate that the server's must chain to; null for a plain HTTP server
 * @param token bearer token
 * @param file where {@link #yaml()} is stored, readable by programs such as kubectl
 */
public record Kubeconfig(URI server, String caCertificatePem, String token, Path file) {
    /**
     * Writes the file.
     *
     * @param server base URL of the API server
     * @param caCertificatePem certificate that the server's must chain to; null for a plain HTTP server
     * @param token bearer token
     * @param file where to write it
     * @return the new kubeconfig
     * @throws UncheckedIOException if the file cannot be written
     */
    public static Kubeconfig write(URI server, String caCertificatePem, String token, Path file) {
        Kubeconfig kubeconfig = new Kubeconfig(server, caCertificatePem, token, file);
        try {
            Files.writeString(file, kubeconfig.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException("kubeconfig " + file + " cannot be written", e);
        }
        return kubeconfig;
    }

    /**
     * The same user by another way, such as a proxy in front of the API server. Over plain HTTP kubectl keeps the token to
     * itself; the Fabric8 client sends it.
     *
     * @param proxy base URL with the scheme http
     * @return a new kubeconfig in a file of its own
     */
    public Kubeconfig via(URI proxy) {
        return write(proxy, null, token, file.resolveSibling(file.getFileName() + "-via-" + proxy.getPort()));
    }

    /**
     * @return the content of a kubeconfig file, token included
     */
    public String yaml() {
        String ca = caCertificatePem == null
                ? ""
                : ", certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(caCertificatePem.getBytes(StandardCharsets.UTF_8));
        return """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                - name: sandbox
                  cluster: {server: "%s"%s}
                contexts:
                - name: sandbox
                  context: {cluster: sandbox, user: sandbox}
                users:
                - name: sandbox
                  user: {token: "%s"}
                """
                .formatted(server, ca, token);
    }

    /**
     * @return a new client of this user, in namespace {@code default}; the caller closes it
     */
    public KubernetesClient newClient() {
        Config config = Config.fromKubeconfig(yaml());
        config.setNamespace("default");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public String toString() {
        return "Kubeconfig[" + server + ", " + file + "]";
    }
}
