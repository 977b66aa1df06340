package io.tonbo.artifacts.operator.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.operator.testing.LineProgram;
import java.io.UncheckedIOException;

/** Runs Lua scripts in Argo CD's own interpreter, with no more of Lua's libraries than it opens for them. */
public final class ArgoLua implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LineProgram program = LineProgram.start(GoTool.ARGOLUA.path());

    /**
     * @param script in Lua 5.1
     * @param object what it finds as {@code obj}
     * @return the table that it returned; an empty one is an array
     * @throws IllegalArgumentException if the script fails or returns no table
     */
    public JsonNode run(String script, JsonNode object) {
        ObjectNode question = JSON.createObjectNode().put("script", script).set("object", object);
        try {
            JsonNode answer = JSON.readTree(program.ask(JSON.writeValueAsString(question)));
            if (answer.has("error")) {
                throw new IllegalArgumentException(answer.path("error").asText());
            }
            return answer.path("returned");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
