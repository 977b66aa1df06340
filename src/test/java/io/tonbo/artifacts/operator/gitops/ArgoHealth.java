package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;

/** How healthy Argo CD thinks that Workspaces and MountSessions are, by their scripts. */
public final class ArgoHealth implements AutoCloseable {
    private final ArgoLua lua = new ArgoLua();
    private final UnaryOperator<String> scripts;

    /**
     * @param status Healthy, Progressing, Degraded or Suspended
     * @param message in words
     */
    public record Health(String status, String message) {}

    private ArgoHealth(UnaryOperator<String> scripts) {
        this.scripts = scripts;
    }

    /**
     * @return by the scripts in their upstream layout
     */
    public static ArgoHealth builtIn() {
        return new ArgoHealth(kind -> new ResourceCustomization(kind).script("health.lua"));
    }

    /**
     * @param configMap {@code argocd-cm}
     * @return by the scripts in it
     */
    public static ArgoHealth configured(JsonNode configMap) {
        return new ArgoHealth(kind -> configMap
                .path("data")
                .path(ResourceCustomization.configMapKey("health", kind))
                .asText());
    }

    /**
     * @param object a Workspace or MountSession as it is in the cluster
     * @return what Argo CD shows
     */
    public Health of(JsonNode object) {
        // Argo CD asks no script about these.
        return object.at("/metadata/deletionTimestamp").isTextual()
                ? new Health("Progressing", "Pending deletion")
                : byScript(object);
    }

    /**
     * @param object a Workspace or MountSession
     * @return what its script returns, deleted or not
     */
    Health byScript(JsonNode object) {
        String script = scripts.apply(object.path("kind").asText());
        assertThat(script).as("the script for %s", object.path("kind")).isNotBlank();
        JsonNode returned = lua.run(script, object);
        assertThat(returned.path("status").asText()).isIn("Healthy", "Progressing", "Degraded", "Suspended");
        return new Health(
                returned.path("status").asText(), returned.path("message").asText());
    }

    @Override
    public void close() {
        lua.close();
    }
}
