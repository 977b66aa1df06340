package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of objects that are sent to the API server one after the other. A document with {@code status} replaces the
 * status, any other creates the object of its name or replaces it.
 *
 * <p>{@code valid-*} files hold documents that are all accepted, {@code invalid-*} files such that are all refused, and
 * {@code update-*} files the story of an object with both.
 */
record Sample(String name, List<Step> steps) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * One document.
     *
     * @param number place in the file, from 1
     * @param object what is sent, without the annotations that speak to this test
     * @param expect annotation {@code expect}: part of the API server's refusal; null when it is to be accepted
     * @param passes annotation {@code passes}: the rules this document was written to satisfy, one a line
     */
    record Step(int number, ObjectNode object, String expect, List<String> passes) {
        String objectName() {
            return object.at("/metadata/name").asText();
        }

        boolean isStatus() {
            return object.has("status");
        }
    }

    /** Every file of the kind's directory; none can lie there unused. */
    static List<Sample> all(ResourceKind kind) throws IOException {
        try (Stream<Path> files = Files.list(kind.samples())) {
            return files.sorted().map(Sample::read).toList();
        }
    }

    private static Sample read(Path file) {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            List<ObjectNode> objects = documents.readAll();
            List<Step> steps = Stream.iterate(1, i -> i <= objects.size(), i -> i + 1)
                    .map(i -> step(i, objects.get(i - 1)))
                    .toList();
            Sample sample = new Sample(file.getFileName().toString(), steps);
            sample.check();
            return sample;
        } catch (IOException e) {
            throw new IllegalStateException(file + " is not YAML", e);
        }
    }

    private static Step step(int number, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        JsonNode annotations = metadata.remove("annotations");
        String expect = annotations == null || !annotations.has("expect")
                ? null
                : annotations.get("expect").asText();
        List<String> passes = annotations == null || !annotations.has("passes")
                ? List.of()
                : annotations.get("passes").asText().lines().toList();
        return new Step(number, object, expect, passes);
    }

    private void check() {
        long refused = steps.stream().filter(step -> step.expect() != null).count();
        boolean sound = (name.startsWith("valid-") && refused == 0)
                || (name.startsWith("invalid-") && refused == steps.size())
                || (name.startsWith("update-") && steps.size() > 1);
        if (!sound || !name.endsWith(".yaml") || steps.isEmpty()) {
            throw new IllegalStateException(name
                    + ": name it valid-*.yaml (no document has an expect annotation), invalid-*.yaml (each has one) or"
                    + " update-*.yaml (several documents)");
        }
    }
}
