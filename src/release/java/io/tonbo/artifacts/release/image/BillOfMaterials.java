package io.tonbo.artifacts.release.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is in the image, as CycloneDX has it: the application; of the production dependencies that Maven lists, those that Quarkus
 * has packaged; and Java, and what comes from the system. Scanners know each by its package URL.
 */
final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String SUBJECT = "image";

    private final ObjectNode bill;

    /** What Maven does not list, by reference. */
    private final List<String> added = new ArrayList<>();

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
     * @param java of the image
     * @throws IOException if it does not say what it is
     */
    void addJava(JavaRuntime java) throws IOException {
        ObjectNode component = component("platform", java.isOpen() ? "openjdk" : "java", java.version(), java.purl());
        component.put("publisher", java.vendor());
        ObjectNode licence = component.putArray("licenses").addObject();
        if (java.isOpen()) {
            component.put("cpe", "cpe:2.3:a:oracle:openjdk:" + java.version() + ":*:*:*:*:*:*:*");
            licence.put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
        } else {
            licence.putObject("license").put("name", "its vendor's: " + java.vendor());
        }
    }

    /**
     * @param libraries what comes from the system: by package where that is known, else by file
     * @throws IOException if the system does not say what it is
     */
    void addSystem(List<SystemLibrary> libraries) throws IOException {
        Set<SystemPackage> owners = new LinkedHashSet<>();
        for (SystemLibrary library : libraries) {
            if (library.owner() == null) {
                component("file", library.file().toString(), "", "");
            } else {
                owners.add(library.owner());
            }
        }
        for (SystemPackage owner : owners) {
            component("library", owner.name(), owner.version(), owner.purl())
                    .putArray("licenses")
                    .addObject()
                    .putObject("license")
                    .put("name", "see " + owner.copyright());
        }
    }

    /**
     * Makes the image its subject, once all else was added: the application is a part then.
     *
     * @param settings of the image. What a base has is not listed, and it says so
     */
    void describe(ImageSettings settings) {
        ObjectNode metadata = bill.withObject("/metadata");
        ObjectNode application = (ObjectNode) metadata.path("component");
        application.put("type", "application");
        bill.withArray("components").insert(0, application);
        metadata.putObject("component")
                .put("type", "container")
                .put("bom-ref", SUBJECT)
                .put("name", settings.repository())
                .put("version", settings.version());
        ArrayNode parts = bill.withArray("dependencies")
                .insertObject(0)
                .put("ref", SUBJECT)
                .putArray("dependsOn")
                .add(application.path("bom-ref").asText());
        added.forEach(parts::add);
        if (!settings.onNothing()) {
            bill.withArray("compositions")
                    .addObject()
                    .put("aggregate", "incomplete")
                    .putArray("assemblies")
                    .add(SUBJECT);
        }
    }

    private ObjectNode component(String type, String name, String version, String purl) {
        String reference = purl.isEmpty() ? name : purl;
        added.add(reference);
        ObjectNode component = bill.withArray("components").addObject();
        component.put("type", type).put("bom-ref", reference).put("name", name);
        if (!version.isEmpty()) {
            component.put("version", version);
        }
        if (!purl.isEmpty()) {
            component.put("purl", purl);
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
