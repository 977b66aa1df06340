package io.tonbo.artifacts.operator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Grafana's dashboard of the operator.
 *
 * @param content all of it
 */
record Dashboard(JsonNode content) {
    /** Seen from the project's directory. */
    static final Path FILE = Chart.DIRECTORY.resolve("files/monitoring/dashboard.json");

    /**
     * A panel that shows something; rows are none.
     *
     * @param content all of it
     */
    record Panel(JsonNode content) {
        String title() {
            return content.path("title").asText();
        }

        List<JsonNode> targets() {
            return list(content.path("targets"));
        }

        List<PromQl> expressions() {
            return targets().stream()
                    .map(target -> new PromQl(target.path("expr").asText()))
                    .toList();
        }
    }

    static Dashboard read() {
        try {
            return new Dashboard(new ObjectMapper()
                    .readTree(Files.readString(ProjectRoot.find().resolve(FILE))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Panel> panels() {
        return list(content.path("panels")).stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .map(Panel::new)
                .toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
