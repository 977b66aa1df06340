package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is below it. */
final class FileTree {
    private FileTree() {}

    /**
     * @param from a directory
     * @param to where its copy goes; not there yet
     * @throws IOException if the directory is not there, or cannot be copied
     */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        for (Path file : list(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    /**
     * @param root a directory, or nothing
     * @throws IOException if it cannot be deleted
     */
    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            for (Path file :
                    list(root).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> list(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        }
    }
}
