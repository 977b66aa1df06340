package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The ConfigMap for Argo CD has the very scripts. With {@code -Dartifacts.docs.update=true} they are written into it first. */
class ArgoConfigMapTest {
    private static final Path FILE = ProjectRoot.find().resolve("examples/gitops/argo/argocd-cm.yaml");
    private static final String UPDATE = "./mvnw -B -q test -Dtest=ArgoConfigMapTest -Dartifacts.docs.update=true";

    /** Both kinds have the same conditions with the same meaning. */
    @Test
    void bothKindsHaveOneScript() {
        assertThat(new ResourceCustomization("MountSession").script("health.lua"))
                .isEqualTo(new ResourceCustomization("Workspace").script("health.lua"));
    }

    @Test
    void hasTheScripts() throws IOException {
        if (ResourceCustomization.UPDATE) {
            Files.writeString(FILE, withScripts(ResourceCustomization.text(FILE)));
        }
        JsonNode data = ResourceCustomization.YAML.readTree(FILE.toFile()).path("data");

        assertThat(data.size()).isEqualTo(2 * ResourceCustomization.KINDS.size());
        for (String kind : ResourceCustomization.KINDS) {
            ResourceCustomization customization = new ResourceCustomization(kind);
            assertThat(data.path(ResourceCustomization.configMapKey("health", kind))
                            .asText())
                    .as("%s; to write it anew: %s", FILE, UPDATE)
                    .isEqualTo(customization.script("health.lua"));
            assertHasActions(
                    customization,
                    ResourceCustomization.YAML.readTree(data.path(ResourceCustomization.configMapKey("actions", kind))
                            .asText()));
        }
    }

    private static void assertHasActions(ResourceCustomization customization, JsonNode actions) {
        assertThat(actions.path("discovery.lua").asText())
                .as("%s; to write it anew: %s", FILE, UPDATE)
                .isEqualTo(customization.script("actions/discovery.lua"));
        assertThat(actions.path("definitions"))
                .extracting(action -> action.path("name").asText())
                .containsExactlyElementsOf(customization.actions());
        for (JsonNode action : actions.path("definitions")) {
            assertThat(action.path("action.lua").asText())
                    .isEqualTo(customization.script(
                            "actions/" + action.path("name").asText() + "/action.lua"));
        }
    }

    private static String withScripts(String manifest) {
        String head = manifest.substring(0, manifest.indexOf("\ndata:\n"));
        StringBuilder text = new StringBuilder(head).append("\ndata:\n");
        for (String kind : ResourceCustomization.KINDS) {
            ResourceCustomization customization = new ResourceCustomization(kind);
            text.append("  ")
                    .append(ResourceCustomization.configMapKey("health", kind))
                    .append(": |\n")
                    .append(customization.script("health.lua").indent(4))
                    .append("  ")
                    .append(ResourceCustomization.configMapKey("actions", kind))
                    .append(": |\n")
                    .append(actions(customization).indent(4));
        }
        return text.toString().replaceAll("(?m)^ +$", "");
    }

    private static String actions(ResourceCustomization customization) {
        StringBuilder text = new StringBuilder("discovery.lua: |\n")
                .append(customization.script("actions/discovery.lua").indent(2))
                .append("definitions:\n");
        for (String action : customization.actions()) {
            text.append("  - name: ")
                    .append(action)
                    .append("\n    action.lua: |\n")
                    .append(customization
                            .script("actions/" + action + "/action.lua")
                            .indent(6));
        }
        return text.toString();
    }
}
