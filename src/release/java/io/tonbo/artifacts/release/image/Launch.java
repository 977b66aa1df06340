package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the operator's Java is called in the image: with all jars on one class path, since Java's own loader takes classes from
 * an archive, and Quarkus' loader, which {@code quarkus-run.jar} starts with, does not. In the application's directory, by
 * relative names: an archive holds for the names it was made with.
 */
final class Launch {
    static final String ARCHIVE = "operator.jsa";
    static final String ARGUMENTS = "java.args";
    private static final String MAIN = "io.tonbo.artifacts.operator.runtime.Main";
    private static final String LOGGING = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    private final Path application;

    /**
     * @param application a directory as Quarkus packages it, complete
     */
    Launch(Path application) {
        this.application = application;
    }

    /**
     * @return its jars, relative to the directory; what Quarkus has rewritten comes before what it was made from
     * @throws IOException if it cannot be listed
     */
    String classPath() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String directory : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            try (Stream<Path> files = Files.list(application.resolve(directory))) {
                files.map(application::relativize)
                        .map(Path::toString)
                        .filter(name -> name.endsWith(".jar"))
                        .sorted(java.util.Comparator.comparing((String name) -> !name.contains("transformed-"))
                                .thenComparing(name -> name))
                        .forEach(jars::add);
            }
        }
        return String.join(":", jars);
    }

    /**
     * @return arguments of a Java machine that make it the operator
     * @throws IOException if the directory cannot be listed
     */
    List<String> arguments() throws IOException {
        return List.of(LOGGING, "-cp", classPath(), MAIN);
    }

    /**
     * Writes the arguments to a file which the Java machine reads itself: they are long.
     *
     * @param archived whether there is an archive beside it
     * @throws IOException if it cannot be written
     */
    void write(boolean archived) throws IOException {
        List<String> lines = new ArrayList<>();
        if (archived) {
            lines.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        lines.addAll(arguments());
        Files.write(application.resolve(ARGUMENTS), lines);
    }
}
