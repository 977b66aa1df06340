package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kinds of this API. What is tested of one is tested of each. */
enum ResourceKind {
    WORKSPACE(Workspace.class, "tws"),
    MOUNT_SESSION(MountSession.class, "tms");

    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Class<? extends CustomResource<?, ?>> type;
    private final String shortName;

    ResourceKind(Class<? extends CustomResource<?, ?>> type, String shortName) {
        this.type = type;
        this.shortName = shortName;
    }

    Class<? extends CustomResource<?, ?>> type() {
        return type;
    }

    /** Such as {@code tws}. */
    String shortName() {
        return shortName;
    }

    /** Such as {@code workspace}. */
    String singular() {
        return HasMetadata.getSingular(type);
    }

    /** Such as {@code workspaces}. */
    String plural() {
        return HasMetadata.getPlural(type);
    }

    /** The committed definition. */
    Path definitionFile() {
        return CustomResourceDefinitions.file(type);
    }

    /** The content of {@link #definitionFile}. */
    JsonNode definition() {
        try {
            return YAML.readTree(definitionFile().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("no CustomResourceDefinition: " + CustomResourceDefinitions.REGENERATE, e);
        }
    }

    /** The schema in {@link #definition}. */
    JsonNode schema() {
        return definition().at("/spec/versions/0/schema/openAPIV3Schema");
    }

    /** Directory of the {@link Sample}s. */
    Path samples() {
        return RESOURCES.resolve("samples").resolve(singular());
    }

    /** The sample that has the required fields alone; its name is {@code minimal}. */
    Path minimal() {
        return samples().resolve("valid-minimal.yaml");
    }

    /** An object with every field of spec and status, as JSON. */
    String full() {
        try {
            return Files.readString(RESOURCES.resolve("json").resolve(singular() + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
