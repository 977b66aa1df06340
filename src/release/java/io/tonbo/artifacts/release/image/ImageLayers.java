package io.tonbo.artifacts.release.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The image's layers, from what changes least to what changes most. A file has the same place in the image as below the stage;
 * its owner is root, and its mode 755 if it is executable here, else 644.
 */
final class ImageLayers {
    static final AbsoluteUnixPath JAVA = AbsoluteUnixPath.get("/opt/java");
    static final AbsoluteUnixPath APPLICATION = AbsoluteUnixPath.get("/app");
    static final AbsoluteUnixPath SBOM = AbsoluteUnixPath.get("/usr/share/sbom/artifacts-operator.cdx.json");
    private static final String ROOT = "0:0";

    private final Path stage;
    private final Instant created;
    private final List<FileEntriesLayer> layers = new ArrayList<>();

    /**
     * @param stage a directory that has the image's files
     * @param created the time that they have in the image
     */
    ImageLayers(Path stage, Instant created) {
        this.stage = stage;
        this.created = created;
    }

    /**
     * @return the layers that were added
     */
    List<FileEntriesLayer> list() {
        return List.copyOf(layers);
    }

    /**
     * Adds a layer of what is below the stage.
     *
     * @param name of the layer
     * @param paths files and whole directories, relative to the stage; those that are not there are left out
     * @throws IOException if they cannot be listed
     */
    void add(String name, String... paths) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String path : paths) {
            Path top = stage.resolve(path);
            if (Files.exists(top)) {
                try (Stream<Path> below = Files.walk(top)) {
                    below.sorted().forEach(file -> entry(layer, file, inImage(file)));
                }
            }
        }
        layers.add(layer.build());
    }

    /**
     * Adds a layer of files of this machine, each at the place where it is here.
     *
     * @param name of the layer
     * @param files absolute
     */
    void addOwn(String name, List<Path> files) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        files.forEach(file -> entry(layer, file, AbsoluteUnixPath.get(file.toString())));
        layers.add(layer.build());
    }

    /**
     * Adds a layer with {@code /tmp}, for whoever runs the image without a mount there: of the image's user, and of the group that
     * OpenShift gives to a user of its own choice. There is no sticky bit, which Jib does not know, so it is not for everybody.
     *
     * @throws IOException if the stage cannot be written
     */
    void addTemporary() throws IOException {
        Path directory = Files.createDirectories(stage.resolve("tmp"));
        layers.add(FileEntriesLayer.builder()
                .setName("temporary")
                .addEntry(
                        directory,
                        AbsoluteUnixPath.get("/tmp"),
                        FilePermissions.fromOctalString("770"),
                        created,
                        OperatorImage.USER_ID + ":0")
                .build());
    }

    private AbsoluteUnixPath inImage(Path file) {
        return AbsoluteUnixPath.get("/" + stage.relativize(file));
    }

    private void entry(FileEntriesLayer.Builder layer, Path file, AbsoluteUnixPath place) {
        FilePermissions mode = Files.isDirectory(file) || isExecutable(file)
                ? FilePermissions.DEFAULT_FOLDER_PERMISSIONS
                : FilePermissions.DEFAULT_FILE_PERMISSIONS;
        layer.addEntry(file, place, mode, created, ROOT);
    }

    /** By its mode: all is executable for root. */
    private static boolean isExecutable(Path file) {
        try {
            return Files.getPosixFilePermissions(file)
                    .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
