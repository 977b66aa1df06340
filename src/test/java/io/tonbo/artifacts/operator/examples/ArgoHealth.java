package io.tonbo.artifacts.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/** What Argo CD makes of an object with the health checks of {@code argocd-cm}, in Lua 5.1 as there. */
final class ArgoHealth {
    private final JsonNode checks;

    /** As Argo CD has it: {@code status} is one of Healthy, Progressing, Degraded and Suspended. */
    record Health(String status, String message) {}

    private ArgoHealth(JsonNode checks) {
        this.checks = checks;
    }

    /**
     * @param configMap {@code argocd-cm}
     */
    static ArgoHealth by(JsonNode configMap) {
        return new ArgoHealth(configMap.path("data"));
    }

    /**
     * @param object a Workspace or MountSession as it is in the cluster
     * @throws org.luaj.vm2.LuaError if the check fails
     */
    Health of(JsonNode object) {
        // Argo CD asks no script about these.
        if (object.at("/metadata/deletionTimestamp").isTextual()) {
            return new Health("Progressing", "Pending deletion");
        }
        String group = object.path("apiVersion").asText().replaceFirst("/.*", "");
        String kind = object.path("kind").asText();
        JsonNode check = checks.path("resource.customizations.health." + group + "_" + kind);
        if (check.isMissingNode()) {
            throw new IllegalArgumentException("no health check for " + kind);
        }
        return run(check.asText(), object);
    }

    private static Health run(String script, JsonNode object) {
        LuaTable globals = new LuaTable();
        // No more than Argo CD opens for a health check.
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LuaC.install();
        globals.set("obj", lua(object));
        try {
            LuaValue health = LoadState.load(
                            new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), "health", globals)
                    .call();
            return new Health(
                    health.get("status").checkjstring(), health.get("message").checkjstring());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        if (node.isNumber()) {
            return LuaValue.valueOf(node.asDouble());
        }
        if (node.isBoolean()) {
            return LuaValue.valueOf(node.asBoolean());
        }
        return node.isNull() ? LuaValue.NIL : LuaValue.valueOf(node.asText());
    }
}
