package io.tonbo.artifacts.operator.docs;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's Markdown files. */
final class Pages {
    /** The project's directory. */
    static final Path ROOT = ProjectRoot.find();

    private Pages() {}

    /**
     * @return every page of the documentation, in the order of their paths
     */
    static List<MarkdownPage> all() {
        return Stream.concat(
                        below("."),
                        Stream.of("docs", "examples", "deploy", "src").flatMap(Pages::tree))
                .map(file -> MarkdownPage.read(ROOT, file))
                .toList();
    }

    private static Stream<Path> below(String directory) {
        return markdown(directory, 1);
    }

    private static Stream<Path> tree(String directory) {
        return Files.isDirectory(ROOT.resolve(directory)) ? markdown(directory, Integer.MAX_VALUE) : Stream.empty();
    }

    private static Stream<Path> markdown(String directory, int depth) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory).normalize(), depth)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
