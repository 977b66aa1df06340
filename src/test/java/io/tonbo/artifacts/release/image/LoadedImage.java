package io.tonbo.artifacts.release.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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

    /** The digest of its configuration, which has those of its layers: what {@code docker images} shows as its id. */
    String id() throws IOException, NoSuchAlgorithmException {
        byte[] config =
                Files.readAllBytes(directory.resolve(manifest.path("Config").asText()));
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(config));
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

    /**
     * A file or directory as a layer has it.
     *
     * @param mode as {@code ls -l} shows it
     * @param owner user and group, by number
     * @param path relative to the root; a directory's ends in a slash
     */
    record Entry(String mode, String owner, String path) {}

    /** What is in the layers, the lowest first. */
    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode layer : manifest.path("Layers")) {
            String list = tar(
                    "--list",
                    "--verbose",
                    "--numeric-owner",
                    "--file",
                    directory.resolve(layer.asText()).toString());
            list.lines()
                    // It does not know each of Jib's headers.
                    .filter(line -> !line.startsWith("tar: "))
                    // Mode, owner, size, day, time, path.
                    .map(line -> line.split(" +", 6))
                    .forEach(part -> entries.add(new Entry(part[0], part[1], part[5])));
        }
        return entries;
    }

    private static void untar(Path tar, Path directory) throws IOException {
        tar("--extract", "--preserve-permissions", "--file", tar.toString(), "--directory", directory.toString());
    }

    private static String tar(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(arguments));
        Command.Result result = Command.run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
