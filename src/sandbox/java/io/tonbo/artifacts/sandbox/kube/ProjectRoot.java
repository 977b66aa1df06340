package io.tonbo.artifacts.sandbox.kube;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where this project is checked out: the directory that holds {@code src/kube/go.mod} and {@code deploy}. */
public final class ProjectRoot {
    private static final Path MARK = Path.of("src", "kube", "go.mod");

    private ProjectRoot() {}

    /**
     * Looks upwards from Maven's base directory, the working directory and the place these classes were compiled to, in
     * that order: so it is found from Maven, from an editor, and from another working directory.
     *
     * @return the absolute path of the project's root
     * @throws IllegalStateException if none of them lies in the project
     */
    public static Path find() {
        List<Path> starts = starts();
        return starts.stream()
                .map(ProjectRoot::above)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The project's root was not found: none of " + starts
                        + " lies below a directory that holds " + MARK + ". Run from within the project."));
    }

    private static List<Path> starts() {
        List<Path> starts = new ArrayList<>();
        String maven = System.getProperty("basedir");
        if (maven != null) {
            starts.add(Path.of(maven).toAbsolutePath());
        }
        starts.add(Path.of("").toAbsolutePath());
        try {
            starts.add(Path.of(ProjectRoot.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes lie at a place that is not a URI", e);
        }
        return starts;
    }

    private static Optional<Path> above(Path start) {
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(MARK))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
