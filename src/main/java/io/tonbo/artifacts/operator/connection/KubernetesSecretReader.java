package io.tonbo.artifacts.operator.connection;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets from the API server, one GET each. Keeps the keys that connections and buckets use and drops the rest. */
public final class KubernetesSecretReader implements SecretReader {
    private final KubernetesClient client;

    /**
     * @param client whose identity may get Secrets
     */
    public KubernetesSecretReader(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<SecretData> get(String namespace, String name) throws SecretReadException {
        try {
            return Optional.ofNullable(client.secrets()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .map(KubernetesSecretReader::data);
        } catch (KubernetesClientException e) {
            throw new SecretReadException(
                    e.getCode() == 403 ? SecretReadException.Kind.FORBIDDEN : SecretReadException.Kind.UNAVAILABLE,
                    namespace,
                    name);
        }
    }

    private static SecretData data(Secret secret) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> encoded = secret.getData() == null ? Map.of() : secret.getData();
        encoded.forEach((key, value) -> {
            if (used(key) && value != null) {
                values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            }
        });
        return new SecretData(values, secret.getMetadata().getResourceVersion());
    }

    private static boolean used(String key) {
        return key.equals(Connections.TOKEN_KEY) || key.startsWith("ARTIFACTS_S3_") || key.startsWith("AWS_");
    }
}
