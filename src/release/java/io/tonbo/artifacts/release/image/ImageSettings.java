package io.tonbo.artifacts.release.image;

import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What is decided about an image before it is made.
 *
 * @param base what is below our layers and has the C library: {@code registry.example.com/base@sha256:…} or
 *     {@code tar://file}. Empty: nothing is, and the C library comes from this machine
 * @param name what the image is called, with a tag
 * @param version of the operator
 * @param source URL of the sources; empty: not said
 * @param revision of the sources; empty: unknown
 * @param created the time that all of it bears, to the second
 * @param archived whether it has an archive of loaded classes, with which it starts in a good half of the time. A Java machine
 *     never writes the same archive twice: without it, two images of one packaged application are the same to the bit
 */
public record ImageSettings(
        String base, String name, String version, String source, String revision, Instant created, boolean archived) {
    private static final String DEFAULT_REPOSITORY = "registry.example.com/artifacts-operator";

    /**
     * @param properties {@code image.base}, {@code image.name}, {@code image.version}, {@code image.revision},
     *     {@code image.created} and {@code image.archive}, as {@code ./mvnw -Pimage} takes them
     * @return what they say
     * @throws IllegalArgumentException if the version or the time is missing
     */
    public static ImageSettings from(Properties properties) {
        String version = needed(properties, "image.version");
        return new ImageSettings(
                properties.getProperty("image.base", "").strip(),
                properties.getProperty("image.name", DEFAULT_REPOSITORY + ":" + version),
                version,
                properties.getProperty("image.source", "").strip(),
                properties.getProperty("image.revision", "").strip(),
                Instant.parse(needed(properties, "image.created")),
                !"false".equals(properties.getProperty("image.archive")));
    }

    private static String needed(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("-D" + name + " is missing");
        }
        return value;
    }

    /**
     * @return what the image is called, without tag and digest
     */
    public String repository() {
        return name.replaceFirst("(:[^/:@]+)?(@.*)?$", "");
    }

    /**
     * @return whether there is nothing below our layers
     */
    public boolean onNothing() {
        return base.isEmpty();
    }

    /**
     * @return the image's labels, by the names of the OCI; and where in it the bill of materials is
     */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "org.opencontainers.image.title", "artifacts-operator",
                "org.opencontainers.image.description", "Tonbo Artifacts workspaces as Kubernetes resources",
                "org.opencontainers.image.vendor", "Tonbo",
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.version", version,
                "org.opencontainers.image.created", created.toString(),
                "io.tonbo.artifacts.sbom", ImageLayers.SBOM.toString()));
        if (!source.isEmpty()) {
            labels.put("org.opencontainers.image.source", source);
        }
        if (!revision.isEmpty()) {
            labels.put("org.opencontainers.image.revision", revision);
        }
        if (!onNothing()) {
            labels.put("org.opencontainers.image.base.name", base);
        }
        return labels;
    }
}
