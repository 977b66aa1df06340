package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/**
 * Published Secrets on the API server, each by its name. Nothing is overwritten or deleted that the caller has not seen: a
 * write names the resourceVersion that it replaces, a deletion the uid.
 *
 * <p>An API server, or a webhook, may quote in its refusal what it was sent. So no exception of this class carries the
 * refusal's text, its status or its cause, only its code.
 */
final class SecretStore {
    /** The API server's answer to what is not valid, and to a change of what cannot change. */
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;

    /**
     * @param client the operator's client
     */
    SecretStore(KubernetesClient client) {
        this.client = client;
    }

    /** The Secret is not any more what the write was decided on; look at it again. */
    static final class Changed extends Exception {
        private static final long serialVersionUID = 1L;

        private Changed(ObjectMeta metadata) {
            super("Secret " + path(metadata) + " changed meanwhile", null, false, false);
        }
    }

    /**
     * @param namespace its namespace
     * @param name its name
     * @return the Secret, or empty when there is none
     * @throws KubernetesClientException if the API server refuses or cannot be reached
     */
    Optional<Secret> read(String namespace, String name) {
        try {
            return Optional.ofNullable(
                    client.secrets().inNamespace(namespace).withName(name).get());
        } catch (KubernetesClientException e) {
            throw discreet("reading", namespace + "/" + name, e);
        }
    }

    /**
     * Creates a Secret without resourceVersion, replaces one that has it. One that cannot be replaced, because somebody made
     * it immutable or of another type, is deleted, for the caller to publish anew.
     *
     * @param manifest from {@link SecretManifest}
     * @return the Secret as the API server has it now
     * @throws Changed if there is one already, or if it is not any more the one that was to be replaced
     * @throws KubernetesClientException if the API server refuses or cannot be reached; a create may have come through
     */
    Secret write(Secret manifest) throws Changed {
        ObjectMeta metadata = manifest.getMetadata();
        boolean replaces = metadata.getResourceVersion() != null;
        try {
            return replaces
                    ? client.resource(manifest).update()
                    : client.resource(manifest).create();
        } catch (KubernetesClientException e) {
            boolean gone = replaces && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            if (gone || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new Changed(metadata);
            }
            if (replaces && e.getCode() == UNPROCESSABLE && irreplaceable(metadata)) {
                delete(manifest);
                throw new Changed(metadata);
            }
            throw discreet("writing", path(metadata), e);
        }
    }

    private boolean irreplaceable(ObjectMeta metadata) {
        return read(metadata.getNamespace(), metadata.getName())
                .filter(there ->
                        Boolean.TRUE.equals(there.getImmutable()) || !SecretManifest.TYPE.equals(there.getType()))
                .isPresent();
    }

    /**
     * Deletes a Secret unless it is gone, or another one has its name by now.
     *
     * @param existing the Secret, with its uid
     * @throws KubernetesClientException if the API server refuses or cannot be reached
     */
    void delete(Secret existing) {
        ObjectMeta metadata = existing.getMetadata();
        // Without one it would delete whatever has that name.
        String uid = Objects.requireNonNull(metadata.getUid(), "uid");
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        try {
            // Fabric8's own delete() can name a resourceVersion only.
            client.raw(
                    "/api/v1/namespaces/" + metadata.getNamespace() + "/secrets/" + metadata.getName(),
                    "DELETE",
                    options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw discreet("deleting", path(metadata), e);
            }
        }
    }

    private static String path(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }

    private static KubernetesClientException discreet(String doing, String path, KubernetesClientException e) {
        String answer = e.getCode() > 0 ? "the API server answered HTTP " + e.getCode() : "no answer";
        return new KubernetesClientException(doing + " Secret " + path + ": " + answer, e.getCode(), null);
    }
}
