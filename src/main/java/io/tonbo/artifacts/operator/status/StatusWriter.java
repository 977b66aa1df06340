package io.tonbo.artifacts.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * The one writer of status. Every write is a JSON merge patch that carries the resourceVersion it was decided on: a
 * status decided on an old view, or for an object that was deleted and made anew under the same name, is refused by the
 * API server instead of landing on what it does not describe. (Neither merge patch nor server-side apply look at the uid
 * on the status subresource.)
 */
public final class StatusWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    /**
     * @param client the operator's client
     */
    public StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /** The object is not any more what the status was decided on; look at it again. */
    public static final class Conflict extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * @param message what was noticed
         * @param cause the API server's answer, or null
         */
        public Conflict(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Writes a status; costs nothing when it is the one that the object has.
     *
     * @param current the object as last read, with its resourceVersion
     * @param status the status to be
     * @param <S> the type of the status
     * @param <R> the type of the object
     * @return the object as the API server has it now
     * @throws Conflict if the object changed meanwhile, or is gone
     * @throws KubernetesClientException if the API server refuses or cannot be reached
     */
    public <S, R extends CustomResource<?, S>> R write(R current, S status) throws Conflict {
        ObjectNode patch = MergePatch.between(tree(current.getStatus()), tree(status));
        if (patch.isEmpty()) {
            return current;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("resourceVersion", current.getMetadata().getResourceVersion());
        body.set("status", patch);
        try {
            return client.resource(current)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), body.toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409 || e.getCode() == 404) {
                throw new Conflict("the object changed while its status was decided", e);
            }
            throw e;
        }
    }

    private static JsonNode tree(Object status) {
        return status == null ? JsonNodeFactory.instance.objectNode() : JSON.valueToTree(status);
    }
}
