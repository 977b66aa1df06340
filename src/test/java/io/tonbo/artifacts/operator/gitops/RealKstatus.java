package io.tonbo.artifacts.operator.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.operator.testing.LineProgram;
import java.io.UncheckedIOException;

/** kstatus itself ({@code sigs.k8s.io/cli-utils}), which is how Flux and {@code kpt} read a status. */
public final class RealKstatus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LineProgram program = LineProgram.start(GoTool.KSTATUS.path());

    /**
     * What it says of an object.
     *
     * @param status InProgress, Failed, Current or Terminating
     * @param message in words; empty for none
     */
    public record Verdict(String status, String message) {}

    /**
     * @param object of any kind, as it is in the cluster
     * @return what kstatus says of it
     */
    public Verdict of(JsonNode object) {
        try {
            return JSON.readValue(program.ask(JSON.writeValueAsString(object)), Verdict.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
