package io.tonbo.artifacts.release.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image's file, read as {@code docker load} reads it. */
final class LoadedImage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final JsonNode manifest;

    private LoadedImage(Path directory) throws IOException {
        this.directory = directory;
        this.manifest =
                JSON.readTree(directory.resolve("manifest.json").toFile()).get(0);
    }

    /**
     * @param tar the file
     * @param directory takes what is in it
     */
    static LoadedImage load(Path tar, Path directory) throws IOException {
        Files.createDirectories(directory);
        untar(tar, directory);
        return new LoadedImage(directory);
    }

    String name() {
        return manifest.at("/RepoTags/0").asText();
    }

    /** How it runs, by the names of the image specification. */
    JsonNode config() throws IOException {
        return JSON.readTree(directory.resolve(manifest.path("Config").asText()).toFile());
    }

    List<String> strings(String pointer) throws IOException {
        List<String> values = new ArrayList<>();
        config().at(pointer).forEach(value -> values.add(value.asText()));
        return values;
    }

    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : strings("/config/Env")) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    /** The digests of what the layers unpack to, the lowest first. */
    List<String> layers() throws IOException {
        return strings("/rootfs/diff_ids");
    }

    /** Unpacks the layers over each other, as root with owners and modes. */
    void unpack(Path root) throws IOException {
        Files.createDirectories(root);
        for (JsonNode layer : manifest.path("Layers")) {
            untar(directory.resolve(layer.asText()), root);
        }
    }

    private static void untar(Path tar, Path directory) throws IOException {
        Command.Result result = Command.run(List.of(
                "tar",
                "--extract",
                "--preserve-permissions",
                "--file",
                tar.toString(),
                "--directory",
                directory.toString()));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
