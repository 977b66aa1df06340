package io.tonbo.artifacts.release.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is in the image, as CycloneDX has it: of the production dependencies that Maven lists, those that Quarkus has packaged;
 * and Java, and what comes from the system.
 */
final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode bill;

    /**
     * @param maven what {@code cyclonedx:makeBom} has written
     * @param application the application's directory
     * @throws IOException if either cannot be read
     * @throws IllegalStateException if a library is packaged that Maven does not list
     */
    BillOfMaterials(Path maven, Path application) throws IOException {
        bill = (ObjectNode) JSON.readTree(maven.toFile());
        Set<String> left = jars(application);
        Set<String> known = new HashSet<>();
        ArrayNode components = JSON.createArrayNode();
        for (JsonNode component : bill.withArray("components")) {
            if (left.remove(jar(component))) {
                components.add(component);
                known.add(component.path("bom-ref").asText());
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException(maven + " does not list " + left);
        }
        bill.set("components", components);
        known.add(bill.at("/metadata/component/bom-ref").asText());
        bill.set("dependencies", among(known));
    }

    private ArrayNode among(Set<String> known) {
        ArrayNode kept = JSON.createArrayNode();
        for (JsonNode dependency : bill.withArray("dependencies")) {
            if (known.contains(dependency.path("ref").asText())) {
                ObjectNode row =
                        kept.addObject().put("ref", dependency.path("ref").asText());
                ArrayNode on = row.putArray("dependsOn");
                StreamSupport.stream(dependency.path("dependsOn").spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(known::contains)
                        .forEach(on::add);
            }
        }
        return kept;
    }

    private static Set<String> jars(Path application) throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String directory : List.of("lib/boot", "lib/main")) {
            try (Stream<Path> files = Files.list(application.resolve(directory))) {
                files.map(file -> file.getFileName().toString()).forEach(jars::add);
            }
        }
        return jars;
    }

    /** As Quarkus names the file of a dependency. */
    private static String jar(JsonNode component) {
        String classifier = Stream.of(component.path("purl").asText().split("[?&]", -1))
                .filter(part -> part.startsWith("classifier="))
                .map(part -> "-" + part.substring("classifier=".length()))
                .collect(Collectors.joining());
        return component.path("group").asText() + "." + component.path("name").asText() + "-"
                + component.path("version").asText() + classifier + ".jar";
    }

    /**
     * @param version of Java
     */
    void addJava(String version) {
        ObjectNode java = component("platform", "openjdk", version);
        java.putArray("licenses").addObject().put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    }

    /**
     * @param libraries what comes from the system: by package where that is known, else by file
     */
    void addSystem(List<SystemLibrary> libraries) {
        libraries.stream()
                .map(SystemLibrary::owner)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(owner -> {
                    ObjectNode component = component("library", owner.name(), owner.version());
                    component
                            .putArray("licenses")
                            .addObject()
                            .putObject("license")
                            .put("name", "see " + owner.copyright());
                });
        libraries.stream()
                .filter(library -> library.owner() == null)
                .forEach(library -> component("file", library.file().toString(), ""));
    }

    private ObjectNode component(String type, String name, String version) {
        ObjectNode component = bill.withArray("components").addObject();
        component.put("type", type).put("bom-ref", name).put("name", name);
        if (!version.isEmpty()) {
            component.put("version", version);
        }
        return component;
    }

    /**
     * @param file where it is written
     * @throws IOException if it cannot be
     */
    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(bill) + "\n");
    }
}
