package io.tonbo.artifacts.release.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * An image's bill of materials, read as a scanner does.
 *
 * @param json all of it
 */
record ImageBill(JsonNode json) {
    static ImageBill read(Path file) throws IOException {
        return new ImageBill(new ObjectMapper().readTree(file.toFile()));
    }

    List<JsonNode> components() {
        return StreamSupport.stream(json.path("components").spliterator(), false)
                .toList();
    }

    Set<String> names() {
        return components().stream()
                .map(component -> component.path("name").asText())
                .collect(Collectors.toSet());
    }

    /** The name of the component that a file from the system is of. */
    static String part(Path file) throws IOException {
        // What a package says of its licence may be a link to another package's.
        return file.startsWith("/usr/share/doc")
                ? file.getName(3).toString()
                : SystemPackage.owning(file).map(SystemPackage::name).orElse(file.toString());
    }
}
